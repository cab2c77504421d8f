// Today's tasks and what was recorded of them, with or without a network.
import { reactive } from 'vue';
import { api } from '@/api/calls';
import { Unreachable } from '@/api/problem';
import type { Task, Today } from '@/api/types';
import { queue, store } from '@/offline';
import type { Outgoing } from '@/offline/db';
import { isToday } from './clock';
import { mayGoRounds, restore, session, whose } from './session';
import { soon } from './soon';

export const rounds = reactive<{
    today: Today | null;
    loadedAt: number;
    offline: boolean;
    outgoing: Outgoing[];
    error: unknown;
    /** Grows, not too often, when tasks of anybody changed; the week looks again. */
    changed: number;
}>({ today: null, loadedAt: 0, offline: false, outgoing: [], error: null, changed: 0 });

const key = () => `today/${whose()}`;

let turn = 0;
export async function loadToday(): Promise<void> {
    const [mine, at] = [++turn, key()];
    try {
        const today = await api.today();
        // Asked for again meanwhile, or by somebody who has left.
        if (mine !== turn) return;
        rounds.today = today;
        Object.assign(rounds, { loadedAt: Date.now(), offline: false, error: null });
        await store
            .keep(at, { today: JSON.parse(JSON.stringify(today)), at: rounds.loadedAt })
            .catch(() => {});
    } catch (error) {
        if (mine !== turn) return;
        rounds.offline = error instanceof Unreachable;
        rounds.error = rounds.offline ? null : error;
        if (rounds.offline && rounds.today === null) {
            const kept = await store
                .kept<{ today: Today; at: number }>(at)
                .catch(() => undefined);
            // Names and addresses of another day are nobody's business any more.
            if (kept && isToday(kept.today.date) && mine === turn)
                Object.assign(rounds, { today: kept.today, loadedAt: kept.at });
        }
    }
}

/** Of one absence come dozens of events, on every console at once: one look again answers them all. */
const todayAgain = soon(() => void loadToday(), 1000, 4000);
const weekAgain = soon(() => (rounds.changed += 1), 3000, 7000);

/** A live event about tasks. What it says of today's own is shown at once; whoever has no rounds, or
 *  none that it is about, asks nothing. `plan` and `rounds` name no task: anything may have changed. */
export function tasksChanged(event: string, data: Record<string, unknown>): void {
    if (!mayGoRounds(session.account?.role)) return;
    weekAgain.call();
    const today = rounds.today;
    const me = session.account?.worker ?? today?.worker;
    if (!me) return;
    if (event === 'task') {
        if (data['worker'] !== me && data['former_worker'] !== me) return;
        const known = today?.tasks.find((task) => task.id === data['id']);
        const stays = data['worker'] === me && data['date'] === today?.date;
        if (known && !stays) today?.tasks.splice(today.tasks.indexOf(known), 1);
        else if (known) known.state = String(data['state']);
    } else if (event === 'contact') {
        const about = (task: Task) => task.resident === data['resident'];
        if (data['worker'] !== me && !today?.tasks.some(about)) return;
    }
    todayAgain.call();
}

/** Whoever had this page is gone. What is unsent stays on the phone, unseen. */
export function forgetRounds(): void {
    todayAgain.stop();
    weekAgain.stop();
    clearTimeout(again);
    turn += 1;
    Object.assign(rounds, { today: null, loadedAt: 0, offline: false, outgoing: [], error: null });
}

export async function showOutgoing(): Promise<void> {
    const mine = whose();
    const found = mine === '' ? [] : await queue.list(mine).catch(() => []);
    if (mine === whose()) rounds.outgoing = found;
}
queue.onChange = () => void showOutgoing();

/** Records something of a task; kept on the phone when it returns. */
export async function record(
    path: string,
    body: Record<string, unknown>,
    about: Outgoing['about'],
    holdMs: number,
): Promise<Outgoing> {
    const item = await queue.add(whose(), path, body, about, holdMs);
    setTimeout(() => void sync(), holdMs + 100);
    return item;
}

/** Sends what waits and looks at the tasks again when something went through. */
export async function sync(): Promise<void> {
    if (!session.account) return;
    if (!session.confirmed) await restore();
    if (session.state !== 'in' || !session.confirmed) return;
    // Until a password was chosen the gateway refuses all else.
    if (session.account.must_change_password) return;
    const sent = await queue.flush(whose());
    await showOutgoing();
    // A gateway that is busy ends no connection, so nothing else would bring this about again.
    if (rounds.outgoing.some((item) => item.state === 'waiting')) tryAgain();
    if (sent.length > 0) await loadToday();
}

let again = 0;
function tryAgain(): void {
    clearTimeout(again);
    again = window.setTimeout(() => void sync(), 30_000);
}

/** What waits for this task, if anything. */
export const waitingFor = (task: Task) =>
    rounds.outgoing.find(
        (item) =>
            item.state === 'waiting' &&
            (item.body['task'] === task.id || item.path.includes(encodeURIComponent(task.id))),
    );
