// Puts the page together.
import { createApp, watch } from 'vue';
import 'vant/es/style/base.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/print.css';
import App from './App.vue';
import { client } from './api/client';
import { i18n, setLanguage } from './locales';
import { guard, router } from './router';
import { begin, end, nudge } from './stores/alerts';
import { startClock } from './stores/clock';
import { showOutgoing, sync } from './stores/rounds';
import { ended, restore, session } from './stores/session';
import { applySize, settings } from './stores/settings';

applySize();
watch(() => settings.size, applySize);
watch(
    () => settings.language,
    (language) => setLanguage(language ?? 'zh'),
    { immediate: true },
);
startClock();

client.onEnded = ended;
router.beforeEach(async (to) => {
    if (session.state === 'unknown') await restore();
    return guard(to, session);
});
// A page that was open over an update asks for a chunk that is gone: the new index knows the new one.
router.onError((error, to) => {
    if (
        /dynamically imported module|Importing a module|error loading/i.test(String(error)) &&
        navigator.onLine
    ) {
        location.hash = `#${to.fullPath}`;
        location.reload();
    }
});
// While a new password is due the gateway answers nothing else.
watch(
    () => session.state === 'in' && !session.account?.must_change_password,
    (ready) => {
        if (!ready) return end();
        begin();
        void showOutgoing();
        void sync();
    },
);
watch(
    () => session.state,
    (state, before) => {
        if (state !== 'in') {
            const here = router.currentRoute.value;
            if (before === 'in' && !here.meta.open) {
                void router.replace({
                    path: '/login',
                    query: here.fullPath === '/alerts' ? {} : { back: here.fullPath },
                });
            }
        }
    },
);
watch(
    () => session.confirmed,
    (confirmed) => confirmed && void sync(),
);
for (const event of ['online', 'focus'] as const) {
    window.addEventListener(event, () => {
        nudge();
        void sync();
    });
}

createApp(App).use(i18n).use(router).mount('#app');

if ('serviceWorker' in navigator && import.meta.env.PROD) {
    void navigator.serviceWorker.register('/sw.js').catch(() => {
        // Without one (no secure context) the console works while there is a network.
    });
}
