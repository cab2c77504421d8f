import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { Problem, Unreachable } from '@/api/problem';
import type { Answer } from '@/api/types';
import { Store } from '@/offline/db';
import { Queue } from '@/offline/queue';
import { uuid } from '@/offline/uuid';

const applied: Answer = { status: 'applied', text_en: 'done', text_zh: '已办理', code: null };
const about = { name: '王秀兰', what: '电话 · 平安' };

/** A gateway that applies a command once, and loses answers or refuses when it is told to. */
class Gateway {
    applied: string[] = [];
    seen = 0;
    script: ('lose' | 'down' | Answer | Problem)[] = [];
    post = (_: string, body: unknown): Promise<Answer> => {
        this.seen += 1;
        const next = this.script.shift();
        if (next === 'down') return Promise.reject(new Unreachable());
        if (next instanceof Problem) return Promise.reject(next);
        if (next && next !== 'lose') return Promise.resolve(next);
        const { command_id: id } = body as { command_id: string };
        const before = this.applied.includes(id);
        if (!before) this.applied.push(id);
        return next === 'lose'
            ? Promise.reject(new Unreachable())
            : Promise.resolve({ ...applied, status: before ? 'already' : 'applied' });
    };
}

let gateway: Gateway;
let factory: IDBFactory;
let time: number;
let uptime: number;
const queueOf = () =>
    new Queue(
        new Store('anju', factory),
        gateway.post,
        () => time,
        () => uptime,
    );
beforeEach(() => {
    [gateway, factory, time, uptime] = [new Gateway(), new IDBFactory(), 1_000_000, 5_000];
});

describe('the queue', () => {
    it('sends in the order in which things were recorded', async () => {
        const queue = queueOf();
        const ids = [];
        for (let i = 0; i < 5; ++i)
            ids.push((await queue.add('a1', '/contacts', { n: i }, about)).id);
        await queue.flush('a1');
        expect(gateway.applied).toEqual(ids);
        expect(await queue.list('a1')).toEqual([]);
    });
    it('sends what was recorded when accounts were named by number alone, and nobody else\'s', async () => {
        const queue = queueOf();
        const { id } = await queue.add('2', '/contacts', {}, about);
        await queue.add('7/12', '/contacts', {}, about);
        await queue.add('6/2', '/contacts', {}, about);
        await queue.flush('7/2');
        expect(gateway.applied).toEqual([id]);
        expect(await queue.list('7/12')).toHaveLength(1);
        expect(await queue.list('6/2')).toHaveLength(1);
    });
    it('is applied once when the answer was lost', async () => {
        const queue = queueOf();
        const { id } = await queue.add('a1', '/contacts', {}, about);
        gateway.script = ['lose'];
        await queue.flush('a1');
        expect((await queue.list('a1')).map((one) => one.state)).toEqual(['waiting']);
        await queue.flush('a1');
        expect(gateway.applied).toEqual([id]);
        expect(gateway.seen).toBe(2);
        expect(await queue.list('a1')).toEqual([]);
    });
    it('keeps what is unsent over a restart of the phone', async () => {
        gateway.script = ['down'];
        const before = queueOf();
        const { id } = await before.add('a1', '/contacts', { resident: 'R1' }, about);
        await before.flush('a1');
        const after = queueOf();
        expect((await after.list('a1')).map((one) => one.body)).toEqual([
            { command_id: id, resident: 'R1' },
        ]);
        await after.flush('a1');
        expect(gateway.applied).toEqual([id]);
    });
    it('lets nothing overtake when nobody answers', async () => {
        const queue = queueOf();
        await queue.add('a1', '/contacts', {}, about);
        await queue.add('a1', '/contacts', {}, about);
        gateway.script = ['down'];
        await queue.flush('a1');
        expect(gateway.seen).toBe(1);
        expect(await queue.list('a1')).toHaveLength(2);
    });
    it('keeps a refusal until it was read, and goes on with the next', async () => {
        const queue = queueOf();
        const first = await queue.add('a1', '/contacts', {}, about);
        const second = await queue.add('a1', '/contacts', {}, about);
        gateway.script = [
            { status: 'refused', text_en: 'books closed', text_zh: '已结账', code: 'books_closed' },
        ];
        await queue.flush('a1');
        expect(gateway.applied).toEqual([second.id]);
        const kept = await queueOf().list('a1');
        expect(kept.map((one) => [one.id, one.state, one.refusal])).toEqual([
            [first.id, 'refused', { zh: '已结账', en: 'books closed' }],
        ]);
        await queue.flush('a1');
        expect(gateway.seen).toBe(2);
        await queue.dismiss(first.id);
        expect(await queue.list('a1')).toEqual([]);
    });
    it('takes a no of the gateway for a refusal, and an overloaded or ended one for later', async () => {
        const queue = queueOf();
        await queue.add('a1', '/contacts', {}, about);
        for (const status of [401, 429, 503]) {
            gateway.script = [new Problem(status, 'x', {})];
            await queue.flush('a1');
            expect(
                (await queue.list('a1')).map((one) => one.state),
                String(status),
            ).toEqual(['waiting']);
        }
        gateway.script = [
            new Problem(404, 'not_found', { title: 'no such task', title_zh: '没有此任务' }),
        ];
        await queue.flush('a1');
        expect((await queue.list('a1')).map((one) => one.refusal?.zh)).toEqual(['没有此任务']);
    });
    it('can be taken back for a while, and not once it may have been sent', async () => {
        const queue = queueOf();
        const slip = await queue.add('a1', '/contacts', {}, about, 6000);
        await queue.flush('a1');
        expect(gateway.seen).toBe(0);
        expect(await queue.takeBack(slip.id)).toBe(true);
        const meant = await queue.add('a1', '/contacts', {}, about, 6000);
        uptime += 6000;
        expect(await queue.takeBack(meant.id)).toBe(false);
        await queue.flush('a1');
        expect(gateway.applied).toEqual([meant.id]);
    });
    it('is not held up by a clock that was ahead when something was recorded', async () => {
        const before = queueOf();
        time += 3_600_000;
        const { id } = await before.add('a1', '/contacts', {}, about, 6000);
        time -= 3_600_000;
        // The same page, and one opened anew.
        uptime += 6000;
        await before.flush('a1');
        expect(gateway.applied).toEqual([id]);
        time += 3_600_000;
        const other = await before.add('a1', '/contacts', {}, about, 6000);
        time -= 3_600_000;
        await queueOf().flush('a1');
        expect(gateway.applied).toEqual([id, other.id]);
    });
    it('is held in another tab for as long as it can be taken back', async () => {
        const { id } = await queueOf().add('a1', '/contacts', {}, about, 6000);
        const other = queueOf();
        await other.flush('a1');
        expect(gateway.seen).toBe(0);
        time += 6000;
        await other.flush('a1');
        expect(gateway.applied).toEqual([id]);
    });
    it('waits for a new token and for a new password, and takes neither for a refusal', async () => {
        const queue = queueOf();
        const { id } = await queue.add('a1', '/contacts', {}, about);
        for (const code of ['forged', 'change_password']) {
            gateway.script = [new Problem(403, code, {})];
            await queue.flush('a1');
            expect((await queue.list('a1')).map((one) => one.state), code).toEqual(['waiting']);
        }
        await queue.flush('a1');
        expect(gateway.applied).toEqual([id]);
    });
    it('sends a refusal once more under another name, in its old place', async () => {
        const queue = queueOf();
        const { id } = await queue.add('a1', '/contacts', { resident: 'R1' }, about);
        gateway.script = [new Problem(403, 'not_allowed', { title_zh: '不允许' })];
        await queue.flush('a1');
        const later = await queue.add('a1', '/contacts', {}, about);
        await queue.retry(later.id);
        await queue.retry(id);
        const [first, second, ...more] = await queue.list('a1');
        expect(more).toEqual([]);
        expect(second?.id).toBe(later.id);
        expect(first).toMatchObject({ state: 'waiting', about });
        expect(first?.refusal).toBeUndefined();
        expect(first?.id).not.toBe(id);
        expect(first?.body).toEqual({ command_id: first?.id, resident: 'R1' });
        await queue.flush('a1');
        expect(gateway.applied).toEqual([first?.id, later.id]);
    });
    it("sends nothing of somebody else's", async () => {
        const queue = queueOf();
        await queue.add('a2', '/contacts', {}, about);
        await queue.flush('a1');
        expect(gateway.seen).toBe(0);
        expect(await queue.list('a2')).toHaveLength(1);
    });
    it('does not dismiss what was never sent', async () => {
        const queue = queueOf();
        const { id } = await queue.add('a1', '/contacts', {}, about);
        await queue.dismiss(id);
        expect(await queue.list('a1')).toHaveLength(1);
    });
    it('sends once when it is asked twice at the same time', async () => {
        const queue = queueOf();
        await queue.add('a1', '/contacts', {}, about);
        await Promise.all([queue.flush('a1'), queue.flush('a1')]);
        expect(gateway.seen).toBe(1);
    });
});

describe('what is kept to be read', () => {
    it('is forgotten at the end of a session; what is unsent is not', async () => {
        const store = new Store('anju', factory);
        await store.keep('today/a1', { tasks: [] });
        await queueOf().add('a1', '/contacts', {}, about);
        await store.forget();
        expect(await store.kept('today/a1')).toBeUndefined();
        expect(await store.outgoing()).toHaveLength(1);
    });
});

it('identifiers are random UUIDs', () => {
    expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(Array.from({ length: 100 }, uuid)).size).toBe(100);
});
