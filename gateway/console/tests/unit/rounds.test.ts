// What live events do to today's rounds, and how little is asked of the gateway for them.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session as recordedSession, today } from '../recorded/answers.mjs';
import type { Role, Session, Today } from '@/api/types';
import { store } from '@/offline';
import { setClock } from '@/stores/clock';
import { forgetRounds, loadToday, rounds, tasksChanged } from '@/stores/rounds';
import { session } from '@/stores/session';

let asked: number;
let answer: () => Promise<Response>;
const day = () => JSON.parse(JSON.stringify(today)) as Today;
const me = 'W0101-1';
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
function be(role: Role, worker: string | null = me): void {
    const { account } = recordedSession('worker') as unknown as Session;
    Object.assign(session, { state: 'in', account: { ...account, role, worker }, confirmed: true });
}
beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    asked = 0;
    answer = () => Promise.resolve(new Response(JSON.stringify(today)));
    vi.spyOn(globalThis, 'fetch').mockImplementation(() => {
        asked += 1;
        return answer();
    });
    be('worker');
    setClock('2026-11-28T09:30:00.000+08:00', 480);
    rounds.today = day();
});
afterEach(() => {
    forgetRounds();
    vi.useRealTimers();
});
const task = (more: Record<string, unknown>) => ({
    id: 'CQ-SPB-0101:42', resident: 'R0012', worker: me, former_worker: null, state: 'cancelled',
    date: '2026-11-28', ...more,
});
const shown = (id = 'CQ-SPB-0101:42') => rounds.today?.tasks.find((one) => one.id === id);

describe('events about tasks', () => {
    it('of one absence are answered by one look at today and one at the week', async () => {
        const before = rounds.changed;
        for (let i = 0; i < 16; ++i) tasksChanged('task', task({ id: `CQ-SPB-0101:${i}` }));
        await pass(60_000);
        expect(asked).toBe(1);
        expect(rounds.changed).toBe(before + 1);
    });
    it('do not all ask at the same moment', async () => {
        const random = vi.spyOn(Math, 'random');
        for (const chance of [0, 0.999]) {
            random.mockReturnValue(chance);
            tasksChanged('task', task({}));
            await pass(1000);
            expect(asked).toBe(1);
        }
        await pass(4000);
        expect(asked).toBe(2);
    });
    it('are shown before anything was asked', () => {
        tasksChanged('task', task({}));
        expect(shown()?.state).toBe('cancelled');
    });
    it('take away what somebody else has now, and what was moved to another day', () => {
        tasksChanged('task', task({ worker: 'W0101-2', former_worker: me }));
        expect(shown()).toBeUndefined();
        tasksChanged('task', task({ id: 'CQ-SPB-0101:43', date: '2026-11-29' }));
        expect(shown('CQ-SPB-0101:43')).toBeUndefined();
    });
    it("of somebody else's rounds ask nothing about today", async () => {
        tasksChanged('task', task({ id: 'x', worker: 'W0101-2' }));
        tasksChanged('contact', { resident: 'R9999', worker: 'W0101-2' });
        await pass(60_000);
        expect(asked).toBe(0);
    });
    it('ask nothing where nobody goes on rounds', async () => {
        const before = rounds.changed;
        be('operator', null);
        tasksChanged('rounds', { community: 'CQ-SPB-0101' });
        be('supervisor', null);
        rounds.today = null;
        tasksChanged('rounds', { community: 'CQ-SPB-0101' });
        await pass(60_000);
        expect(asked).toBe(0);
        expect(rounds.changed).toBe(before + 1);
    });
    it('that name a whole community or a new plan are looked at as well', async () => {
        for (const name of ['rounds', 'plan', 'reset']) {
            asked = 0;
            tasksChanged(name, { community: 'CQ-SPB-0101' });
            await pass(60_000);
            expect(asked, name).toBe(1);
        }
    });
});

describe('another person at the same phone', () => {
    it('sees nothing of what was shown, nor of what was on its way', async () => {
        let arrive!: (answer: Response) => void;
        answer = () => new Promise((resolve) => (arrive = resolve));
        const loading = loadToday();
        forgetRounds();
        expect(rounds.today).toBeNull();
        arrive(new Response(JSON.stringify(today)));
        await loading;
        expect(rounds.today).toBeNull();
    });
});

describe("today's tasks without a network", () => {
    it('are those that were kept today, and none of another day', async () => {
        await loadToday();
        answer = () => Promise.reject(new TypeError('no network'));
        rounds.today = null;
        await loadToday();
        expect(rounds.today).toMatchObject({ date: '2026-11-28' });
        rounds.today = null;
        setClock('2026-11-29T06:00:00.000+08:00', 480);
        await loadToday();
        expect(rounds.today).toBeNull();
        await store.forget();
    });
});
