// Nothing of the program runs before the page was drawn as it came: on a slow phone that is a third of a second
// in which somebody reads and begins to type. What comes then is fetched meanwhile (tools/first_page.ts).
import './styles/tokens.css';
import './styles/base.css';
import './styles/print.css';

/** In a tab that nobody looks at nothing is ever drawn. */
const latestMs = 1000;

void new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, document.hidden ? 0 : latestMs);
}).then(() => import('./start'));
