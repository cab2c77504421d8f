// Small on purpose: it asks who this is and shows the login. What is behind the login (app.ts) is fetched at
// once where somebody was in, and otherwise while a name is being typed.
import { createApp, h, ref, watch } from 'vue';
import { client } from './api/client';
import DoorView from './door/DoorView.vue';
import { takeBegun } from './door/first';
import { loadWords, speak } from './locales';
import { startClock } from './stores/clock';
import { ended, renew, restore, session, wasIn } from './stores/session';
import { applySize, settings } from './stores/settings';

const place = '#app';
const language = () => settings.language ?? 'zh';
/** The app itself and the words of its language, whichever of them is not here yet. */
const fetchApp = () => Promise.all([import('./app'), loadWords(language())]);

/** What is shown: the page as it came, the door, the app. */
let shown: { what: 'page' | 'door' | 'app'; close: () => void } = { what: 'page', close: () => {} };
const lost = ref(false);
const isShown = (what: typeof shown.what) => shown.what === what;

function showDoor(): void {
    if (isShown('door')) return;
    shown.close();
    const begun = isShown('page') ? takeBegun() : null;
    if (begun?.wish === 'language') settings.language = language() === 'zh' ? 'en' : 'zh';
    const door = createApp(() => h(DoorView, { lost: lost.value, begun }));
    door.mount(place);
    shown = { what: 'door', close: () => door.unmount() };
    // After the login was drawn, and while a name is being typed.
    requestAnimationFrame(() => setTimeout(() => void fetchApp().catch(() => {}), 0));
}

async function showApp(): Promise<void> {
    if (isShown('app')) return;
    try {
        const [{ openConsole }] = await fetchApp();
        if (session.state !== 'in' || isShown('app')) return;
        speak(language());
        shown.close();
        shown = { what: 'app', close: openConsole(place) };
    } catch {
        lost.value = true;
        showDoor();
    }
}

const show = () => (session.state === 'in' ? void showApp() : showDoor());

applySize();
speak(language());
watch(() => settings.size, applySize);
watch(language, async (wanted) => {
    // Without a network the app goes on in the language that is here.
    if (isShown('app') && !(await fetchApp().catch(() => null))) return;
    if (wanted === language()) speak(wanted);
});
startClock();
client.onEnded = ended;
client.onForged = renew;
// Whoever logged out without a network, or was not known any more, is asked about again.
window.addEventListener('online', () => session.state !== 'in' && void restore());
watch(() => session.state, show);
void restore();
if (wasIn()) void fetchApp().catch(() => {});
else showDoor();
