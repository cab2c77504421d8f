import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SseParser, type Event } from '@/live/sse';
import { type LiveState, LiveStream } from '@/live/stream';

describe('the parser', () => {
    it('puts events together from chunks that end anywhere', () => {
        const parser = new SseParser();
        const text = ': alive\r\nid: 7\r\nevent: alert\r\ndata: {"a":\r\ndata: 1}\r\n\r\n';
        const events = [...text].flatMap((character) => parser.push(character));
        expect(events).toEqual([{ id: '7', event: 'alert', data: '{"a":\n1}' }]);
    });
    it('keeps the last id, and gives nothing for a comment or an event without data', () => {
        const parser = new SseParser();
        expect(
            parser
                .push('id: 3\ndata: a\n\n: c\n\nevent: x\n\ndata: b\n\n')
                .map((one) => [one.id, one.event, one.data]),
        ).toEqual([
            ['3', 'message', 'a'],
            ['3', 'message', 'b'],
        ]);
    });
    it('gives up on a line without an end', () => {
        const parser = new SseParser();
        expect(() => parser.push('x'.repeat(SseParser.longest + 1))).toThrow(RangeError);
    });
});

/** A gateway whose streams are opened, written to and ended by the test. */
function setup(script: (number | Error)[] = []) {
    const calls: { headers: Record<string, string>; write(text: string): void; end(): void }[] = [];
    const [events, states]: [Event[], LiveState[]] = [[], []];
    const polls = vi.fn();
    const [ended, heard, refused] = [vi.fn(), vi.fn(), vi.fn()];
    const stream = new LiveStream(
        '/events',
        {
            event: (one) => events.push(one),
            state: (one) => states.push(one),
            poll: polls,
            heard,
            ended,
            refused,
        },
        {
            setTimeout: (run, ms) => setTimeout(run, ms),
            clearTimeout: (timer) => clearTimeout(timer as number),
            fetch: (_, init) => {
                const status = script.shift() ?? 200;
                if (status instanceof Error) {
                    calls.push({
                        headers: init.headers as Record<string, string>,
                        write: () => {},
                        end: () => {},
                    });
                    return Promise.reject(status);
                }
                let control!: ReadableStreamDefaultController<Uint8Array>;
                const body = new ReadableStream<Uint8Array>({
                    start: (made) => {
                        control = made;
                    },
                });
                init.signal?.addEventListener('abort', () => control.error(new Error('aborted')));
                calls.push({
                    headers: init.headers as Record<string, string>,
                    write: (text) => control.enqueue(new TextEncoder().encode(text)),
                    end: () => control.close(),
                });
                return Promise.resolve({ ok: status < 400, status, body } as unknown as Response);
            },
        },
    );
    return { stream, calls, events, states, polls, heard, ended, refused };
}
const hello = 'id: 10\nevent: hello\ndata: {}\n\n';
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('the live stream', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('is live with the first hello and hands on what comes', async () => {
        const { stream, calls, events, states } = setup();
        stream.start();
        await pass();
        calls[0]?.write(hello + 'id: 11\nevent: alert\ndata: {"id":"x"}\n\n');
        await pass();
        expect(states).toEqual(['connecting', 'live']);
        expect(events.map((one) => one.event)).toEqual(['hello', 'alert']);
        stream.stop();
    });
    it('comes back after a break and says what it saw last', async () => {
        const { stream, calls } = setup();
        stream.start();
        await pass();
        calls[0]?.write(hello);
        await pass();
        calls[0]?.end();
        await pass(999);
        expect(calls).toHaveLength(1);
        await pass(1);
        expect(calls).toHaveLength(2);
        expect(calls[0]?.headers['Last-Event-ID']).toBeUndefined();
        expect(calls[1]?.headers['Last-Event-ID']).toBe('10');
        stream.stop();
    });
    it('waits longer after each failure, never longer than half a minute', () => {
        expect([1, 2, 3, 4, 5, 6, 50].map((count) => LiveStream.backoff(count) / 1000)).toEqual([
            1, 2, 4, 8, 16, 30, 30,
        ]);
    });
    it('tells of an answer that opens no stream, and asks again', async () => {
        const { stream, calls, refused } = setup([503]);
        stream.start();
        await pass();
        expect(refused).toHaveBeenCalledOnce();
        expect(refused.mock.calls[0]?.[0]).toMatchObject({ status: 503 });
        await pass(1000);
        expect(calls).toHaveLength(2);
        stream.stop();
    });
    it('is said to be broken with the first failure, and live again with the next hello', async () => {
        const { stream, calls, states, polls } = setup();
        stream.start();
        await pass();
        calls[0]?.write(hello);
        await pass();
        calls[0]?.end();
        await pass();
        expect(states).toEqual(['connecting', 'live', 'broken']);
        await pass(1000);
        calls[1]?.write(hello);
        await pass(LiveStream.patienceMs + LiveStream.pollEveryMs);
        expect(states.at(-1)).toBe('live');
        expect(polls).not.toHaveBeenCalled();
        stream.stop();
    });
    it('notices a dead link before a P1 climbs its first rung, and polls soon after', async () => {
        const { stream, calls, states, polls } = setup();
        stream.start();
        await pass();
        calls[0]?.write(hello);
        await pass(20_000);
        expect(states.at(-1)).toBe('broken');
        await pass(LiveStream.patienceMs);
        expect(states.at(-1)).toBe('polling');
        expect(polls).toHaveBeenCalledOnce();
        stream.stop();
    });
    it('polls when no stream gets through, and stops when one does', async () => {
        const gone = new Error('gone');
        const { stream, calls, polls, states } = setup([gone, gone, gone]);
        stream.start();
        await pass(3000);
        expect(polls).toHaveBeenCalledTimes(1);
        expect(states.at(-1)).toBe('polling');
        await pass(4000);
        expect(calls).toHaveLength(4);
        calls[3]?.write(hello);
        await pass();
        expect(states.at(-1)).toBe('live');
        await pass(LiveStream.pollEveryMs * 2);
        expect(polls).toHaveBeenCalledTimes(1);
        stream.stop();
    });
    it('takes a long quiet for a dead link, and a comment for a sign of life', async () => {
        const { stream, calls, heard } = setup();
        stream.start();
        await pass();
        calls[0]?.write(hello);
        await pass(LiveStream.quietMs - 1);
        expect(heard).toHaveBeenCalledTimes(1);
        calls[0]?.write(': alive\n');
        await pass();
        expect(heard).toHaveBeenCalledTimes(2);
        await pass(LiveStream.quietMs - 1);
        expect(calls).toHaveLength(1);
        await pass(1 + LiveStream.backoff(1));
        expect(calls).toHaveLength(2);
        stream.stop();
    });
    it('ends with the session and does not come back', async () => {
        const { stream, calls, ended, states } = setup([401]);
        stream.start();
        await pass(120_000);
        expect(ended).toHaveBeenCalledOnce();
        expect(states.at(-1)).toBe('ended');
        expect(calls).toHaveLength(1);
    });
    it('tries at once when it is nudged between two tries', async () => {
        const { stream, calls } = setup([new Error('gone')]);
        stream.start();
        await pass();
        stream.nudge();
        await pass();
        expect(calls).toHaveLength(2);
        stream.stop();
    });
});
