// Who is in, as the gateway tells it, and what the phone guesses until then.
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { client } from '@/api/client';
import { store } from '@/offline';
import { setClock } from '@/stores/clock';
import { session as recorded } from '../recorded/answers.mjs';
import type { Session } from '@/api/types';
import { ended, enter, logout, renew, restore, session, take, wasIn, whose } from '@/stores/session';

const found = () => recorded('worker') as unknown as Session;
const answer = (status: number, body: unknown) =>
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(
        status === 204 ? new Response(null, { status }) : new Response(JSON.stringify(body), { status }),
    );

beforeEach(() => {
    localStorage.clear();
    location.hash = '';
    Object.assign(session, { state: 'unknown', account: null, confirmed: false, over: false });
});

it('a login is remembered as a guess until the gateway says otherwise', async () => {
    expect(wasIn()).toBe(false);
    await take(found());
    expect(session.state).toBe('in');
    expect(wasIn()).toBe(true);
    ended();
    expect(session.state).toBe('none');
    expect(wasIn()).toBe(false);
});

it('who was in and is no more is guessed no more', async () => {
    await take(found());
    session.state = 'unknown';
    answer(401, { status: 401, code: 'no_session', setup: false });
    await restore();
    expect(session.state).toBe('none');
    expect(wasIn()).toBe(false);
});

it('the login keeps the address that was asked for, a link that is good once does not', async () => {
    location.hash = '#/rounds';
    await take(found());
    expect(location.hash).toBe('#/rounds');
    location.hash = '#/once/abc';
    await take(found(), '/password');
    expect(location.hash).toBe('#/password');
});

it('logging out leaves no address behind for the next person', async () => {
    await take(found());
    location.hash = '#/residents/R1';
    answer(204, null);
    await logout();
    expect(location.hash).toBe('#/');
    expect(session).toMatchObject({ state: 'none', account: null });
    expect(wasIn()).toBe(false);
});

it('without a network the account that was known goes on', async () => {
    await take(found());
    session.state = 'unknown';
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('no network'));
    await restore();
    expect(session).toMatchObject({ state: 'in', confirmed: false });
    expect(wasIn()).toBe(true);
});

it('the same number of another beginning of the accounts is somebody else', async () => {
    await take(found());
    const before = whose();
    await store.keep(`today/${before}`, { of: 'before' });
    const anew = found();
    anew.server.accounts_epoch = '8';
    session.state = 'unknown';
    await take(anew);
    expect(anew.account.id).toBe(found().account.id);
    expect(whose()).not.toBe(before);
    expect(await store.kept(`today/${before}`)).toBeUndefined();
    session.state = 'unknown';
    session.epoch = '';
    noNetwork();
    await restore();
    expect(whose()).toBe(`8/${anew.account.id}`);
});

const noNetwork = () =>
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('no network'));

it('an account that the gateway did not confirm today needs a password without a network', async () => {
    await take(found());
    setClock('2026-11-29T00:01:00.000+08:00', 480);
    session.state = 'unknown';
    noNetwork();
    await restore();
    expect(session).toMatchObject({ state: 'none', account: null });
    expect(await store.kept('account')).toBeUndefined();
});

it('with the end of a session the phone forgets whom and what it knew', async () => {
    await take(found());
    await store.keep('today/a1', { today: { tasks: [] } });
    ended();
    expect(session).toMatchObject({ state: 'none', account: null, over: true });
    await vi.waitFor(async () => expect(await store.kept('today/a1')).toBeUndefined());
    expect(await store.kept('account')).toBeUndefined();
    session.state = 'unknown';
    noNetwork();
    await restore();
    expect(session.state).toBe('none');
});

it('logging out works without a network, and the gateway is told when it answers', async () => {
    await take(found());
    await store.keep('today/a1', { today: { tasks: [] } });
    noNetwork();
    await logout();
    expect(session).toMatchObject({ state: 'none', account: null, over: false });
    expect(await store.kept('today/a1')).toBeUndefined();
    // Opened anew, still without a network, and then with one: the cookie is still there.
    session.state = 'unknown';
    await restore();
    expect(session.state).toBe('none');
    const asked: string[] = [];
    vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) => {
        asked.push(`${init?.method} ${String(url)}`);
        return Promise.resolve(
            init?.method === 'DELETE'
                ? new Response(null, { status: 204 })
                : new Response(JSON.stringify(found())),
        );
    });
    await restore();
    expect(asked).toEqual(['GET /api/v1/session', 'DELETE /api/v1/session']);
    expect(session).toMatchObject({ state: 'none', account: null });
    await restore();
    expect(session.state).toBe('in');
});

it('a login waits until whoever was in before is out', async () => {
    await take(found());
    let out!: (answer: Response) => void;
    vi.spyOn(globalThis, 'fetch').mockReturnValue(new Promise((resolve) => (out = resolve)));
    const leaving = logout();
    const asked = vi.fn(() => Promise.resolve(found()));
    const entering = enter(asked);
    await Promise.resolve();
    expect(session.state).toBe('none');
    expect(asked).not.toHaveBeenCalled();
    out(new Response(null, { status: 204 }));
    await Promise.all([leaving, entering]);
    expect(session.state).toBe('in');
});

it('a page whose token was replaced in another tab takes the new one and does what was asked', async () => {
    await take(found());
    client.onForged = renew;
    const tokens: (string | undefined)[] = [];
    vi.spyOn(globalThis, 'fetch').mockImplementation((_, init) => {
        if (init?.method === 'GET')
            return Promise.resolve(new Response(JSON.stringify({ ...found(), csrf: 'new' })));
        const token = (init?.headers as Record<string, string>)['X-CSRF-Token'];
        tokens.push(token);
        return Promise.resolve(
            token === 'new'
                ? new Response('{"status":"applied"}')
                : new Response('{"code":"forged"}', { status: 403 }),
        );
    });
    expect(await client.post('/contacts', {})).toEqual({ status: 'applied' });
    expect(tokens).toEqual([found().csrf, 'new']);
});

it('a page does nothing in the name of somebody else who logged in in another tab', async () => {
    await take(found());
    client.onForged = renew;
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
    const other = { ...found(), csrf: 'theirs' };
    other.account = { ...other.account, id: 'a2' };
    const sent = vi.fn();
    vi.spyOn(globalThis, 'fetch').mockImplementation((_, init) => {
        if (init?.method === 'GET') return Promise.resolve(new Response(JSON.stringify(other)));
        sent();
        return Promise.resolve(new Response('{"code":"forged"}', { status: 403 }));
    });
    await expect(client.post('/contacts', {})).rejects.toMatchObject({ code: 'forged' });
    expect(sent).toHaveBeenCalledOnce();
    expect(reload).toHaveBeenCalledOnce();
    expect(await store.kept('account')).toMatchObject({ account: { id: 'a2' } });
});
