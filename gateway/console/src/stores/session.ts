// Who is using the console. A phone that nobody answers goes on with whom it knew last, so that rounds
// work without a network; what it may do is judged by the gateway when it answers again.
import { computed, reactive } from 'vue';
import { api } from '@/api/calls';
import { client } from '@/api/client';
import { Problem, Unreachable } from '@/api/problem';
import type { Account, Session } from '@/api/types';
import { store } from '@/offline';
import { setClock } from './clock';
import { readLocal, writeLocal } from './local';
import { settings } from './settings';

type State = 'unknown' | 'none' | 'setup' | 'in';
export const session = reactive<{
    state: State;
    account: Account | null;
    server: Session['server'] | null;
    confirmed: boolean;
}>({
    state: 'unknown',
    account: null,
    server: null,
    confirmed: false,
});
export const role = computed(() => session.account?.role ?? null);
export const account = computed(() => session.account);

const key = 'anju.in';
/** Whether somebody was in when the page was last open: a guess until the gateway has answered. */
export const wasIn = () => readLocal(key) !== null;

/** `landing`: the address to be at, where the one that was asked for is none to come back to. */
export async function take(found: Session, landing?: string): Promise<void> {
    const before = await store.kept<Account>('account').catch(() => undefined);
    if (before && before.id !== found.account.id) await store.forget().catch(() => {});
    writeLocal(key, '1');
    if (landing) location.replace(`#${landing}`);
    client.begin(found.csrf);
    setClock(found.server.now, found.server.utc_offset_minutes);
    settings.language ??= found.account.language;
    Object.assign(session, {
        state: 'in',
        account: found.account,
        server: found.server,
        confirmed: true,
    });
    await store.keep('account', JSON.parse(JSON.stringify(found.account))).catch(() => {});
}

/** Asks the gateway who this is. */
export async function restore(): Promise<void> {
    try {
        await take(await api.session());
    } catch (error) {
        if (error instanceof Problem && error.status === 401) {
            writeLocal(key, null);
            Object.assign(session, {
                state: error.body.setup ? 'setup' : 'none',
                account: null,
                confirmed: true,
            });
        } else if (error instanceof Unreachable && session.state === 'unknown') {
            const known = await store.kept<Account>('account').catch(() => undefined);
            Object.assign(
                session,
                known ? { state: 'in', account: known, confirmed: false } : { state: 'none' },
            );
        }
    }
}

/** The gateway ended it: the queue stays on the phone, and so does who it belongs to. */
export function ended(): void {
    if (session.state !== 'in') return;
    writeLocal(key, null);
    Object.assign(session, { state: 'none', confirmed: true });
}

export async function logout(): Promise<void> {
    await api.logout().catch((error: unknown) => {
        if (error instanceof Unreachable) throw error;
    });
    client.end();
    writeLocal(key, null);
    location.replace('#/');
    Object.assign(session, { state: 'none', account: null, confirmed: true });
    await store.forget().catch(() => {});
}
