import { describe, expect, it, vi } from 'vitest';
import { Client, withParams } from '@/api/client';
import { Problem, Unreachable } from '@/api/problem';

type Call = { url: string; init: RequestInit };
function client(...answers: (Response | Error)[]) {
    const calls: Call[] = [];
    const ended = vi.fn();
    const made = new Client((url, init) => {
        calls.push({ url, init });
        const next = answers.shift() ?? new Error('nothing more was expected');
        return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    }, ended);
    return { made, calls, ended };
}
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
    new Response(status === 304 ? null : JSON.stringify(body), { status, headers });
const header = (call: Call | undefined, name: string) =>
    (call?.init.headers as Record<string, string>)[name];
const thrown = async (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
        () => null,
        (error: unknown) => error,
    );

describe('the client', () => {
    it('sends the token of the session with what changes something, and not with what is read', async () => {
        const { made, calls } = client(json({}), json({ status: 'applied' }));
        made.begin('secret');
        await made.get('/status');
        await made.post('/drill', { device: 'd1' });
        expect(header(calls[0], 'X-CSRF-Token')).toBeUndefined();
        expect(header(calls[1], 'X-CSRF-Token')).toBe('secret');
        expect(header(calls[1], 'Content-Type')).toBe('application/json');
        expect(calls[1]?.url).toBe('/api/v1/drill');
        expect(calls[1]?.init.body).toBe('{"device":"d1"}');
        expect(calls[1]?.init.credentials).toBe('same-origin');
    });
    it('answers what it knew when the gateway says that nothing changed', async () => {
        const { made, calls } = client(json({ a: 1 }, 200, { ETag: '"x"' }), json(null, 304));
        expect(await made.get('/alerts')).toEqual({ a: 1 });
        expect(await made.get('/alerts')).toEqual({ a: 1 });
        expect(header(calls[1], 'If-None-Match')).toBe('"x"');
    });
    it('forgets every answer when the session ends, so that the next account sees none', async () => {
        const { made, calls } = client(json({ a: 1 }, 200, { ETag: '"x"' }), json({ a: 2 }));
        await made.get('/alerts');
        made.end();
        expect(await made.get('/alerts')).toEqual({ a: 2 });
        expect(header(calls[1], 'If-None-Match')).toBeUndefined();
    });
    it('keeps no more answers than its bound', async () => {
        const answers = Array.from({ length: Client.kept + 1 }, () =>
            json({}, 200, { ETag: '"e"' }),
        );
        const { made, calls } = client(...answers, json({}));
        for (let i = 0; i <= Client.kept; ++i) await made.get(`/residents/${i}`);
        await made.get('/residents/0');
        expect(header(calls.at(-1), 'If-None-Match')).toBeUndefined();
    });
    it('says in both languages why it was refused, and how long to wait', async () => {
        const body = {
            status: 429,
            code: 'too_many_attempts',
            title: 'too many',
            title_zh: '太多次',
            detail: 'wait',
            detail_zh: '请等',
        };
        const error = await thrown(
            client(json(body, 429, { 'Retry-After': '60' })).made.post('/session', {}),
        );
        expect(error).toBeInstanceOf(Problem);
        expect((error as Problem).code).toBe('too_many_attempts');
        expect((error as Problem).retryAfter).toBe(60);
        expect((error as Problem).text('zh')).toBe('太多次：请等');
        expect((error as Problem).text('en')).toBe('too many – wait');
    });
    it('tells that the session ended, once it did, and not of a wrong password', async () => {
        const over = client(json({ code: 'no_session', setup: true }, 401));
        await thrown(over.made.get('/alerts'));
        expect(over.ended).toHaveBeenCalledOnce();
        const wrong = client(json({ code: 'wrong_login' }, 401));
        await thrown(wrong.made.post('/session', {}));
        expect(wrong.ended).not.toHaveBeenCalled();
    });
    it.each([
        ['a network that is gone', new TypeError('failed to fetch')],
        ['a proxy that finds nobody', new Response('<html>bad gateway</html>', { status: 502 })],
        [
            'a page of a captive portal',
            new Response('<html>log in to the wifi</html>', { status: 200 }),
        ],
    ])('takes %s for nobody', async (_, answer) => {
        expect(await thrown(client(answer).made.get('/alerts'))).toBeInstanceOf(Unreachable);
    });
    it('takes the word of the gateway that it is overloaded for an answer', async () => {
        expect(
            await thrown(client(json({ code: 'busy' }, 503)).made.get('/alerts')),
        ).toBeInstanceOf(Problem);
    });
    it('gives nothing for an answer without a body', async () => {
        expect(
            await client(new Response(null, { status: 204 })).made.delete('/session'),
        ).toBeUndefined();
    });
});

it('parameters that are empty are left out, others escaped', () => {
    expect(withParams('/a', { q: '王 秀', cursor: null, limit: 5, x: '' })).toBe(
        '/a?q=%E7%8E%8B+%E7%A7%80&limit=5',
    );
    expect(withParams('/a', {})).toBe('/a');
});
