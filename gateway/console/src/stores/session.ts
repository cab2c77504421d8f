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
    /** Of which beginning of the accounts the number of this one is (`accounts_epoch`). */
    epoch: string;
    confirmed: boolean;
    /** The gateway ended it while the page was open. */
    over: boolean;
}>({
    state: 'unknown',
    account: null,
    server: null,
    epoch: '',
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

/** Under which name this person's things are kept on the phone: numbers of accounts begin anew with a new
 *  database of the gateway, and are then other people's. Empty: nobody is in. */
export const whose = () => (session.account ? `${session.epoch}/${session.account.id}` : '');

interface Known {
    account: Account;
    epoch: string;
    /** When the gateway last said so, as time of the gateway. */
    at: string;
}
const keptAccount = () => store.kept<Partial<Known>>('account').catch(() => undefined);
async function known(): Promise<Known | null> {
    const found = await keptAccount();
    if (!found?.account || found.epoch === undefined || !found.at || !isToday(found.at)) return null;
    return { account: found.account, epoch: found.epoch, at: found.at };
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
    const before = await keptAccount();
    const epoch = found.server.accounts_epoch;
    const same = before?.account?.id === found.account.id && before.epoch === epoch;
    if (before && !same) await store.forget().catch(() => {});
    const other = session.state === 'in' && whose() !== `${epoch}/${found.account.id}`;
    writeLocal(key, '1');
    writeLocal(leaving, null);
    if (landing) location.replace(`#${landing}`);
    client.begin(found.csrf);
    setClock(found.server.now, found.server.utc_offset_minutes);
    settings.language ??= found.account.language;
    const kept: Known = { account: found.account, epoch, at: found.server.now };
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
        epoch,
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
            const last = await known();
            if (last === null) await forget();
            Object.assign(
                session,
                last
                    ? { state: 'in', account: last.account, epoch: last.epoch, confirmed: false }
                    : { state: 'none', account: null },
            );
        }
    }
}

/** The token of this page is no longer the session's, as when the same person logged in anew in another
 *  tab. True: it is another one now, of the same person. */
export async function renew(): Promise<boolean> {
    const before = whose();
    await restore();
    return session.state === 'in' && session.confirmed && whose() === before;
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
