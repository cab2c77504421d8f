// The alerts of a page that is open for long: lists and events on a slow network, sound, other people.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { alerts as recorded, session as recordedSession } from '../recorded/answers.mjs';
import type { Alert, Session } from '@/api/types';
import { useAct } from '@/stores/act';
import * as store from '@/stores/alerts';
import { live } from '@/stores/link';
import { session, take } from '@/stores/session';

const [smoke] = recorded as unknown as [Alert];
const p1 = (id: string, more: Partial<Alert> = {}): Alert => ({ ...smoke, id, ...more });
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const shown = () => [...store.alerts.byId.keys()].sort();

/** A gateway: the test writes to the stream, and answers lists when it likes. */
let stream: ReadableStreamDefaultController<Uint8Array>;
let lists: ((items: Alert[]) => void)[];
let command: () => Response;
const tell = (name: string, data: unknown) =>
    stream.enqueue(
        new TextEncoder().encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`),
    );
const json = (body: unknown) => new Response(JSON.stringify(body));

beforeEach(async () => {
    // What the phone's memory is made of here waits for immediates.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    lists = [];
    vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
        const url = String(input);
        if (url.endsWith('/events')) {
            const body = new ReadableStream<Uint8Array>({ start: (made) => void (stream = made) });
            init?.signal?.addEventListener('abort', () => stream.error(new Error('aborted')));
            return Promise.resolve(new Response(body));
        }
        if (init?.method === 'POST') return Promise.resolve().then(command);
        if (url.includes('/alerts?'))
            return new Promise((resolve) =>
                lists.push((items) => resolve(json({ items, next: null, total: items.length }))),
            );
        return Promise.resolve(json({ tasks: [] }));
    });
    await take(recordedSession('worker') as unknown as Session);
    store.begin();
    await pass();
    tell('hello', {});
    await pass();
    lists.shift()?.([]);
    await pass();
});
afterEach(() => {
    store.end();
    Object.assign(session, { state: 'unknown', account: null });
    vi.useRealTimers();
});

describe('the inbox of a page', () => {
    it('keeps, counts and rings for an alarm that crosses a slow list', async () => {
        void store.loadAlerts();
        await pass();
        tell('alert', p1('new'));
        await pass(4000);
        lists.shift()?.([]);
        await pass();
        expect(shown()).toEqual(['new']);
        expect(store.waiting.value.map((one) => one.id)).toEqual(['new']);
        expect([...store.alarm.value.ringing]).toHaveLength(1);
    });
    it('looks again by itself within a minute or so', async () => {
        expect(lists).toHaveLength(0);
        for (let i = 0; i < 5; ++i) {
            await pass(15_000);
            stream.enqueue(new TextEncoder().encode(': alive\n\n'));
        }
        expect(live.value).toBe('live');
        expect(lists).toHaveLength(1);
    });
    it('shows nothing of a list that comes after the page was left', async () => {
        void store.loadAlerts();
        await pass();
        store.end();
        lists.shift()?.([p1('a')]);
        await pass();
        expect(shown()).toEqual([]);
        expect(store.alerts.loaded).toBe(false);
    });
});

describe('taking an alert', () => {
    const ringing = () => [...store.alarm.value.ringing].map((key) => key.split('/')[0]).sort();
    beforeEach(async () => {
        tell('alert', p1('a'));
        tell('alert', p1('b'));
        await pass();
        expect(ringing()).toEqual(['a', 'b']);
    });
    it('leaves the others ringing', async () => {
        command = () => json({ status: 'applied', text_zh: '', text_en: '', code: null });
        expect(await useAct().act('a', 'acknowledge')).toBe(true);
        expect(ringing()).toEqual(['a', 'b']);
        tell('alert', p1('a', { state: 'acknowledged', changed_at: '2026-11-28T09:31:00+08:00' }));
        await pass();
        expect(ringing()).toEqual(['b']);
    });
    it('that is refused silences nothing', async () => {
        command = () => new Response('{"code":"no"}', { status: 409 });
        expect(await useAct().act('a', 'acknowledge')).toBe(false);
        expect(ringing()).toEqual(['a', 'b']);
    });
});
