// What is behind the login: the screens and their addresses, what is live, what is sent.
import { createApp, effectScope, watch } from 'vue';
import App from './App.vue';
import { guard, makeRouter } from './router';
import { begin, end, endAloud, nudge } from './stores/alerts';
import { forgetRounds, showOutgoing, sync } from './stores/rounds';
import { session } from './stores/session';

/** Keeps the program on the phone, once the first screen has all it needs of a narrow line. */
function keepProgram(): void {
    if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
    // Without one (no secure context) the console works while there is a network.
    const keep = () => void navigator.serviceWorker.register('/sw.js').catch(() => {});
    if ('requestIdleCallback' in window) window.requestIdleCallback(keep, { timeout: 5000 });
    else setTimeout(keep, 2000);
}

/** Shows the app of whoever is in, at the address of the page. Returns what closes it again. */
export function openConsole(place: string): () => void {
    const router = makeRouter();
    router.beforeEach((to) => guard(to, session.account));
    // A page that was open over an update asks for a chunk that is gone: the new index knows the new one.
    router.onError((error, to) => {
        const gone = /dynamically imported module|Importing a module|error loading/i;
        if (!gone.test(String(error)) || !navigator.onLine) return;
        location.hash = `#${to.fullPath}`;
        location.reload();
    });

    const scope = effectScope();
    scope.run(() => {
        // While a new password is due the gateway answers nothing else.
        watch(
            () => session.state === 'in' && !session.account?.must_change_password,
            (ready) => {
                if (!ready) return end();
                begin();
                void showOutgoing();
                void sync();
            },
            { immediate: true },
        );
        watch(
            () => session.confirmed,
            (confirmed) => confirmed && void sync(),
        );
    });
    const listening = new AbortController();
    for (const event of ['online', 'focus'] as const) {
        const again = () => {
            nudge();
            void sync();
        };
        window.addEventListener(event, again, { signal: listening.signal });
    }

    const app = createApp(App).use(router);
    app.mount(place);
    keepProgram();
    return () => {
        listening.abort();
        scope.stop();
        if (session.over) endAloud();
        else end();
        forgetRounds();
        app.unmount();
        router.options.history.destroy();
    };
}
