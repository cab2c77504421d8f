// Who is using the console. A phone that nobody answers goes on for the day with whom it knew last, so
// that rounds work without a network; what it may do is judged by the gateway when it answers again.
// With the end of a session the phone forgets all it kept to be read; phones are shared.
import { computed, reactive } from 'vue';
import { api } from '@/api/calls';
import { client } from '@/api/client';
import { Problem, Unreachable } from '@/api/problem';
import type { Account, Role, Session } from '@/api/types';
import { store } from '@/offline';
import { isToday, setClock } from './clock';
import { readLocal, writeLocal } from './local';
import { settings } from './settings';

type State = 'unknown' | 'none' | 'setup' | 'in';
export const session = reactive<{
    state: State;
    account: Account | null;
    server: Session['server'] | null;
    confirmed: boolean;
    /** The gateway ended it while the page was open. */
    over: boolean;
}>({
    state: 'unknown',
    account: null,
    server: null,
    confirmed: false,
    over: false,
});
export const role = computed(() => session.account?.role ?? null);
export const account = computed(() => session.account);
export const mayGoRounds = (one: Role | null | undefined) =>
    one === 'worker' || one === 'lead' || one === 'supervisor';

const key = 'anju.in';
/** Logged out without a network: the gateway is to be told. */
const leaving = 'anju.leaving';
/** Whether somebody was in when the page was last open: a guess until the gateway has answered. */
export const wasIn = () => readLocal(key) !== null;

interface Known {
    account: Account;
    /** When the gateway last said so, as time of the gateway. */
    at: string;
}
async function known(): Promise<Account | null> {
    const found = await store.kept<Partial<Known>>('account').catch(() => undefined);
    return found?.account && found.at && isToday(found.at) ? found.account : null;
}

async function forget(): Promise<void> {
    client.end();
    writeLocal(key, null);
    await store.forget().catch(() => {});
}

let telling: Promise<void> = Promise.resolve();
/** Logs in, after whoever was in before is out. `landing`: as with take(). */
export async function enter(ask: () => Promise<Session>, landing?: string): Promise<void> {
    await telling;
    await take(await ask(), landing);
}

/** `landing`: the address to be at, where the one that was asked for is none to come back to. */
export async function take(found: Session, landing?: string): Promise<void> {
    const before = await store.kept<Partial<Known>>('account').catch(() => undefined);
    if (before && before.account?.id !== found.account.id) await store.forget().catch(() => {});
    const other = session.state === 'in' && session.account?.id !== found.account.id;
    writeLocal(key, '1');
    writeLocal(leaving, null);
    if (landing) location.replace(`#${landing}`);
    client.begin(found.csrf);
    setClock(found.server.now, found.server.utc_offset_minutes);
    settings.language ??= found.account.language;
    const kept: Known = { account: found.account, at: found.server.now };
    await store.keep('account', JSON.parse(JSON.stringify(kept))).catch(() => {});
    // Somebody else logged in in another tab: what this page shows is not theirs.
    if (other) {
        client.end();
        Object.assign(session, { state: 'unknown', account: null });
        return location.reload();
    }
    Object.assign(session, {
        state: 'in',
        account: found.account,
        server: found.server,
        confirmed: true,
        over: false,
    });
}

/** Asks the gateway who this is. */
export async function restore(): Promise<void> {
    if (readLocal(leaving) !== null) return leave();
    try {
        await take(await api.session());
    } catch (error) {
        if (error instanceof Problem && error.status === 401) {
            ended();
            await forget();
            const state = error.body.setup ? 'setup' : 'none';
            Object.assign(session, { state, account: null, confirmed: true });
        } else if (error instanceof Unreachable && session.state === 'unknown') {
            const account = await known();
            if (account === null) await forget();
            Object.assign(
                session,
                account
                    ? { state: 'in', account, confirmed: false }
                    : { state: 'none', account: null },
            );
        }
    }
}

/** The token of this page is no longer the session's, as when the same person logged in anew in another
 *  tab. True: it is another one now, of the same person. */
export async function renew(): Promise<boolean> {
    const before = session.account?.id;
    await restore();
    return session.state === 'in' && session.confirmed && session.account?.id === before;
}

/** The gateway ended it. What is unsent stays on the phone, under whose it is. */
export function ended(): void {
    if (session.state !== 'in') return;
    Object.assign(session, { state: 'none', account: null, confirmed: true, over: true });
    void forget();
}

/** Out at once, also without a network: the gateway hears of it when it answers again. */
export async function logout(): Promise<void> {
    const told = api.logout();
    writeLocal(leaving, '1');
    location.replace('#/');
    Object.assign(session, { state: 'none', account: null, confirmed: true, over: false });
    telling = told.then(
        () => writeLocal(leaving, null),
        (error: unknown) => {
            if (error instanceof Problem) writeLocal(leaving, null);
        },
    );
    await forget();
    await telling;
}

async function leave(): Promise<void> {
    try {
        client.begin((await api.session()).csrf);
        await api.logout();
        writeLocal(leaving, null);
    } catch (error) {
        if (error instanceof Problem) writeLocal(leaving, null);
    }
    await forget();
    Object.assign(session, { state: 'none', account: null, confirmed: true });
}
