// Today's tasks and what was recorded of them, with or without a network.
import { reactive } from 'vue';
import { api } from '@/api/calls';
import { Unreachable } from '@/api/problem';
import type { Task, Today } from '@/api/types';
import { queue, store } from '@/offline';
import type { Outgoing } from '@/offline/db';
import { restore, session } from './session';

export const rounds = reactive<{
    today: Today | null;
    loadedAt: number;
    offline: boolean;
    outgoing: Outgoing[];
    error: unknown;
}>({ today: null, loadedAt: 0, offline: false, outgoing: [], error: null });

const key = () => `today/${session.account?.id ?? ''}`;

export async function loadToday(): Promise<void> {
    try {
        rounds.today = await api.today();
        Object.assign(rounds, { loadedAt: Date.now(), offline: false, error: null });
        await store
            .keep(key(), { today: JSON.parse(JSON.stringify(rounds.today)), at: rounds.loadedAt })
            .catch(() => {});
    } catch (error) {
        rounds.offline = error instanceof Unreachable;
        rounds.error = rounds.offline ? null : error;
        if (rounds.offline && rounds.today === null) {
            const kept = await store
                .kept<{ today: Today; at: number }>(key())
                .catch(() => undefined);
            if (kept) Object.assign(rounds, { today: kept.today, loadedAt: kept.at });
        }
    }
}

export async function showOutgoing(): Promise<void> {
    rounds.outgoing = session.account ? await queue.list(session.account.id).catch(() => []) : [];
}
queue.onChange = () => void showOutgoing();

/** Records something of a task; kept on the phone when it returns. */
export async function record(
    path: string,
    body: Record<string, unknown>,
    about: Outgoing['about'],
    holdMs: number,
): Promise<Outgoing> {
    const item = await queue.add(session.account?.id ?? '', path, body, about, holdMs);
    setTimeout(() => void sync(), holdMs + 100);
    return item;
}

/** Sends what waits and looks at the tasks again when something went through. */
export async function sync(): Promise<void> {
    if (!session.account) return;
    if (!session.confirmed) await restore();
    if (session.state !== 'in' || !session.confirmed) return;
    const sent = await queue.flush(session.account.id);
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
