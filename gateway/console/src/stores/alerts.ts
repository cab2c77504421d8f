// The alerts that are not over, kept up to date by the live stream, and what goes with them: the
// title's number, the sound, what is read out.
import { computed, reactive, ref, shallowReactive, shallowRef } from 'vue';
import { api } from '@/api/calls';
import { BASE } from '@/api/client';
import type { Alert, Page } from '@/api/types';
import { byUrgency } from '@/format/alert';
import { Inbox } from '@/live/inbox';
import type { Event } from '@/live/sse';
import { LiveStream } from '@/live/stream';
import { type AlarmEvent, audible, quiet, step, waits } from '@/sound/alarm';
import { Player } from '@/sound/player';
import { setClock } from './clock';
import { heard, heardAt, live } from './link';
import { loadToday, rounds, sync, tasksChanged } from './rounds';
import { ended, session } from './session';
import { settings } from './settings';
import { soon } from './soon';

const inbox = new Inbox();
/** Grows with begin() and end(): what was asked before is nobody's any more. Odd: running. */
let period = 0;
const running = () => period % 2 === 1;

export const alerts = shallowReactive<{
    byId: ReadonlyMap<string, Alert>;
    loaded: boolean;
    error: unknown;
    total: number | null;
}>({
    byId: new Map(),
    loaded: false,
    error: null,
    total: null,
});
export const sorted = computed(() => [...alerts.byId.values()].sort(byUrgency));
export const waiting = computed(() => sorted.value.filter(waits));
/** The newest alert that came in while the page was open; read out. */
export const announced = shallowRef<Alert | null>(null);
/** Grows with what becomes of an alert (or of all that is shown) or of a device, so that open pages
 *  look again; of tasks see rounds.ts. */
export const touched = reactive({ alert: new Map<string, number>(), all: 0, device: 0, drill: 0 });

const player = new Player();
export const alarm = ref({ ...quiet, muted: settings.muted });

function sound(event: AlarmEvent): void {
    const [next, effects] = step(alarm.value, event);
    alarm.value = next;
    for (const effect of effects) player[effect]();
}
export const silence = () => sound({ type: 'silence' });
export function mute(muted: boolean): void {
    settings.muted = muted;
    sound({ type: 'mute', muted });
}
/** In the handler of a gesture; the browser allows sound from then on. */
export async function allowSound(): Promise<void> {
    if (alarm.value.locked && (await player.unlock())) sound({ type: 'unlocked' });
}
export async function testSound(): Promise<void> {
    await allowSound();
    player.chime();
}

/** Live events are the same for all who hear them: whose an alert is, each compares. */
function isMine(alert: Alert): boolean {
    const me = session.account?.worker ?? session.account?.name;
    return alert.mine ?? (alert.owner_person != null && alert.owner_person === me);
}

function show(): void {
    alerts.byId = inbox.alerts;
    sound({ type: 'alerts', alerts: [...alerts.byId.values()] });
}

/** Looks at an open alert again. Of a desk that is never closed only the last are remembered. */
export function touch(id: string): void {
    const count = (touched.alert.get(id) ?? 0) + 1;
    touched.alert.delete(id);
    touched.alert.set(id, count);
    if (touched.alert.size > 500) touched.alert.delete(touched.alert.keys().next().value as string);
}

export function put(alert: Alert): void {
    alert.mine = isMine(alert);
    const known = alerts.byId.get(alert.id);
    if (!inbox.tell(alert)) return;
    touch(alert.id);
    if (waits(alert) && (!known || !waits(known))) announced.value = alert;
    show();
}

/** Also when a list did not come though the stream is there. */
const again = soon(() => void loadAlerts(), 2000, 2000);
/** 500 that are not over are more than anybody can look at; urgency has put the rest last. */
const mostPages = 5;
/** Events are how it is kept up to date; the list now and then mends whatever got lost between. */
const routine = soon(() => void loadAlerts(), 60_000, 15_000);

export async function loadAlerts(): Promise<void> {
    const [asked, mine] = [inbox.ask(), period];
    try {
        const found: Alert[] = [];
        let cursor: string | null = null;
        let [pages, total] = [0, null as number | null];
        do {
            const answer: Page<Alert> = await api.alerts('unfinished', cursor);
            found.push(...answer.items);
            [total, cursor, pages] = [answer.total ?? null, answer.next, pages + 1];
        } while (cursor !== null && pages < mostPages);
        if (mine !== period) return;
        const before = alerts.byId;
        if (!inbox.listed(asked, found, pages)) again.call();
        const fresh = found.find((one) => waits(one) && !before.has(one.id));
        if (alerts.loaded && fresh) announced.value = fresh;
        Object.assign(alerts, { loaded: true, error: null, total });
        heard();
        for (const [id, alert] of inbox.alerts)
            if (before.get(id)?.changed_at !== alert.changed_at) touch(id);
        show();
    } catch (error) {
        if (mine !== period) return;
        alerts.error = error;
        if (live.value === 'live') again.call();
    } finally {
        if (mine === period && running()) routine.call();
    }
}

function take(event: Event): void {
    let data: Record<string, unknown>;
    try {
        data = JSON.parse(event.data) as Record<string, unknown>;
    } catch {
        return;
    }
    switch (event.event) {
        case 'hello':
            if (typeof data['now'] === 'string') setClock(data['now']);
            void loadAlerts();
            void sync();
            if (rounds.offline) void loadToday();
            break;
        case 'alert':
            put(data as unknown as Alert);
            break;
        case 'bye':
            ended();
            break;
        case 'told':
            touch(String(data['alert']));
            break;
        case 'task':
        case 'contact':
        case 'rounds':
        case 'plan':
            tasksChanged(event.event, data);
            break;
        case 'device':
        case 'status':
            touched.device += 1;
            break;
        case 'drill':
            touched.drill += 1;
            break;
        case 'reset':
            touched.all += 1;
            touched.device += 1;
            touched.drill += 1;
            void loadAlerts();
            tasksChanged('reset', data);
            break;
    }
}

const stream = new LiveStream(`${BASE}/events`, {
    event: take,
    state: (state) => (live.value = state),
    heard,
    poll: () => {
        void loadAlerts();
        void sync();
    },
    ended,
});

export function begin(): void {
    if (running()) return;
    period += 1;
    stream.start();
}
/** Nothing of what was shown is left. */
export function end(): void {
    if (running()) period += 1;
    stream.stop();
    again.stop();
    routine.stop();
    inbox.clear();
    touched.alert.clear();
    Object.assign(alerts, { loaded: false, error: null, total: null });
    announced.value = null;
    live.value = 'connecting';
    heardAt.value = null;
    show();
}
/** The gateway ended the session. A screen that nobody is looking at says so: with a chime, or, where
 *  an alarm rang, by going on until somebody is there. */
export function endAloud(): void {
    const { locked, muted } = alarm.value;
    const rang = audible(alarm.value);
    end();
    if (locked || muted) return;
    if (!rang) return player.chime();
    player.ring();
    const there = new AbortController();
    const stop = () => {
        there.abort();
        if (!audible(alarm.value)) player.stop();
    };
    for (const event of ['pointerdown', 'keydown'])
        window.addEventListener(event, stop, { signal: there.signal });
}
export const nudge = () => stream.nudge();
