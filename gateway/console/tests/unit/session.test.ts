// Who is in, as the gateway tells it, and what the phone guesses until then.
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { session as recorded } from '../recorded/answers.mjs';
import type { Session } from '@/api/types';
import { ended, logout, restore, session, take, wasIn } from '@/stores/session';

const found = () => recorded('worker') as unknown as Session;
const answer = (status: number, body: unknown) =>
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(
        status === 204 ? new Response(null, { status }) : new Response(JSON.stringify(body), { status }),
    );

beforeEach(() => {
    localStorage.clear();
    location.hash = '';
    Object.assign(session, { state: 'unknown', account: null, confirmed: false });
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
