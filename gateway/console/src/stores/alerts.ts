// The alerts that are not over, kept up to date by the live stream, and what goes with them: the
// title's number, the sound, what is read out.
import { computed, reactive, ref, shallowRef } from 'vue';
import { api } from '@/api/calls';
import { BASE } from '@/api/client';
import type { Alert } from '@/api/types';
import { byUrgency, isFinished } from '@/format/alert';
import { type LiveState, LiveStream } from '@/live/stream';
import type { Event } from '@/live/sse';
import { type AlarmEvent, quiet, step, waits } from '@/sound/alarm';
import { Player } from '@/sound/player';
import { setClock } from './clock';
import { loadToday, sync } from './rounds';
import { ended, session } from './session';
import { settings } from './settings';

export const alerts = reactive<{
    byId: Map<string, Alert>;
    loaded: boolean;
    error: unknown;
    total: number | null;
}>({
    byId: new Map(),
    loaded: false,
    error: null,
    total: null,
});
export const live = ref<LiveState>('connecting');
export const sorted = computed(() => [...alerts.byId.values()].sort(byUrgency));
export const waiting = computed(() => sorted.value.filter(waits));
/** The newest alert that came in while the page was open; read out. */
export const announced = shallowRef<Alert | null>(null);
/** Grows with each event about an alert, a task or a device, so that open pages look again. */
export const touched = reactive<{ alert: Map<string, number>; task: number; device: number }>({
    alert: new Map(),
    task: 0,
    device: 0,
});

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

const awaitsReview = (alert: Alert) =>
    alert.state === 'closed' && !alert.reviewed_by && alert.priority <= 'P2';

/** Live events are the same for all who hear them: whose an alert is, each compares. */
function isMine(alert: Alert): boolean {
    const me = session.account?.worker ?? session.account?.name;
    return alert.mine ?? (alert.owner_person != null && alert.owner_person === me);
}

/** What the stream tells while a list is on its way: the list may have been written before it. */
const told = new Map<string, Alert>();
let asking = 0;
let turn = 0;

/** Puts it in its place, unless what is there is newer; false: it is. */
function settle(alert: Alert): boolean {
    const known = alerts.byId.get(alert.id);
    if (known && Date.parse(known.changed_at) > Date.parse(alert.changed_at)) return false;
    if (isFinished(alert) && !awaitsReview(alert)) alerts.byId.delete(alert.id);
    else alerts.byId.set(alert.id, alert);
    return true;
}

export function put(alert: Alert): void {
    alert.mine = isMine(alert);
    const known = alerts.byId.get(alert.id);
    if (!settle(alert)) return;
    if (asking > 0) told.set(alert.id, alert);
    touched.alert.set(alert.id, (touched.alert.get(alert.id) ?? 0) + 1);
    if (waits(alert) && (!known || !waits(known))) announced.value = alert;
    sound({ type: 'alerts', alerts: [...alerts.byId.values()] });
}

export async function loadAlerts(): Promise<void> {
    const mine = ++turn;
    asking += 1;
    try {
        const found = new Map<string, Alert>();
        let cursor: string | null = null;
        // 500 that are not over are more than anybody can look at; urgency has put the rest last.
        for (let page = 0; page < 5; ++page) {
            const answer = await api.alerts('unfinished', cursor);
            for (const alert of answer.items) found.set(alert.id, alert);
            if (mine !== turn) return; // asked again since: that answer is the newer one
            alerts.total = answer.total ?? null;
            cursor = answer.next;
            if (cursor === null) break;
        }
        const fresh = [...found.values()].find(
            (alert) => waits(alert) && !alerts.byId.has(alert.id),
        );
        if (alerts.loaded && fresh) announced.value = fresh;
        alerts.byId = found;
        for (const alert of told.values()) settle(alert);
        Object.assign(alerts, { loaded: true, error: null });
        for (const id of found.keys()) touched.alert.set(id, (touched.alert.get(id) ?? 0) + 1);
        sound({ type: 'alerts', alerts: [...alerts.byId.values()] });
    } catch (error) {
        if (mine === turn) alerts.error = error;
    } finally {
        asking -= 1;
        if (asking === 0) told.clear();
    }
}

function take(event: Event): void {
    let data: Record<string, unknown>;
    try {
        data = JSON.parse(event.data) as Record<string, unknown>;
    } catch {
        return;
    }
    if (event.event === 'hello') {
        if (typeof data['now'] === 'string') setClock(data['now']);
        void loadAlerts();
        void sync();
    } else if (event.event === 'alert') put(data as unknown as Alert);
    else if (event.event === 'told')
        touched.alert.set(String(data['alert'] ?? data['id']), Date.now());
    else if (event.event === 'task' || event.event === 'contact') {
        touched.task += 1;
        void loadToday();
    } else if (event.event === 'device' || event.event === 'status') touched.device += 1;
    else if (event.event === 'reset') {
        void loadAlerts();
        touched.task += 1;
        touched.device += 1;
    }
}

const stream = new LiveStream(`${BASE}/events`, {
    event: take,
    state: (state) => (live.value = state),
    poll: () => {
        void loadAlerts();
        void sync();
    },
    ended,
});

export function begin(): void {
    stream.start();
}
export function end(): void {
    stream.stop();
    alerts.byId = new Map();
    alerts.loaded = false;
    announced.value = null;
    sound({ type: 'alerts', alerts: [] });
}
export const nudge = () => stream.nudge();
