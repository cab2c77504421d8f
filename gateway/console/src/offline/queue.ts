// What a worker records is kept on the phone first and sent when somebody answers: in order, one at a
// time, under an identifier made here, so that a lost answer leads to the same command again and is
// applied once. What the gateway refuses stays until somebody sends it again or dismisses it.
import type { Answer } from '@/api/types';
import { Problem, Unreachable } from '@/api/problem';
import type { Outgoing, Store } from './db';
import { uuid } from './uuid';

export type Post = (path: string, body: unknown) => Promise<Answer>;
export interface Sent {
    item: Outgoing;
    answer: Answer;
}

/** The same again later may do: the gateway is overloaded or was restarted in the middle, the session
 *  has to be begun anew, or a password is to be chosen first. */
function passing(problem: Problem): boolean {
    return (
        problem.code === 'forged' ||
        problem.code === 'change_password' ||
        problem.status === 401 ||
        problem.status === 408 ||
        problem.status === 429 ||
        problem.status >= 500
    );
}

/** Longer than anything is held back; what seems to be was written by a clock that was wrong. */
const longestHoldMs = 10_000;

export class Queue {
    private busy: Promise<Sent[]> | null = null;
    private again = false;
    private last = 0;
    onChange: () => void = () => {};

    constructor(
        private readonly store: Store,
        private readonly post: Post,
        private readonly now: () => number = Date.now,
        /** Milliseconds that only grow, whatever becomes of the phone's clock. */
        private readonly uptime: () => number = () => performance.now(),
    ) {}
    /** Until when of `uptime` this page holds what was added here. */
    private readonly held = new Map<string, number>();

    private isHeld(item: Outgoing): boolean {
        const until = this.held.get(item.id);
        if (until !== undefined) return until > this.uptime();
        // Recorded in another tab.
        const left = item.notBefore - this.now();
        return left > 0 && left <= longestHoldMs;
    }

    /** Kept when it returns. `holdMs`: may be taken back for so long before it is sent. */
    async add(
        account: string,
        path: string,
        body: Record<string, unknown>,
        about: Outgoing['about'],
        holdMs = 0,
    ): Promise<Outgoing> {
        const id = uuid();
        this.last = Math.max(this.now(), this.last + 1);
        const item: Outgoing = {
            id,
            order: this.last,
            account,
            path,
            body: { command_id: id, ...body },
            about,
            notBefore: this.now() + holdMs,
            state: 'waiting',
        };
        if (holdMs > 0) this.held.set(id, this.uptime() + Math.min(holdMs, longestHoldMs));
        await this.store.put(item);
        this.onChange();
        return item;
    }

    /** Records of a program that named accounts by number alone are still the number's. */
    async list(account: string): Promise<Outgoing[]> {
        const number = account.slice(account.lastIndexOf('/') + 1);
        return (await this.store.outgoing()).filter(
            (item) => item.account === account || item.account === number,
        );
    }

    /** True when it was taken back: it had not been sent, nor begun to be. */
    async takeBack(id: string): Promise<boolean> {
        const item = (await this.store.outgoing()).find((one) => one.id === id);
        if (!item || item.state !== 'waiting' || !this.isHeld(item)) return false;
        await this.store.remove(id);
        this.onChange();
        return true;
    }

    /** A refusal was read. Unsent records are not dismissed. */
    async dismiss(id: string): Promise<void> {
        const item = (await this.store.outgoing()).find((one) => one.id === id);
        if (item?.state !== 'refused') return;
        await this.store.remove(id);
        this.onChange();
    }

    /** What was refused is sent once more, in its old place and under a new identifier: the gateway
     *  would only repeat its answer to the old one, which was not applied. */
    async retry(id: string): Promise<void> {
        const item = (await this.store.outgoing()).find((one) => one.id === id);
        if (item?.state !== 'refused') return;
        const { refusal: _, ...rest } = item;
        const fresh = uuid();
        await this.store.replace(id, {
            ...rest,
            id: fresh,
            body: { ...item.body, command_id: fresh },
            notBefore: 0,
            state: 'waiting',
        });
        this.onChange();
    }

    /** Sends what waits, oldest first; stops at the first that nobody answers. One run at a time: a
     *  call meanwhile makes it look once more. */
    flush(account: string): Promise<Sent[]> {
        if (this.busy) {
            this.again = true;
            return this.busy;
        }
        this.busy = this.run(account).finally(() => {
            this.busy = null;
            if (this.again) {
                this.again = false;
                void this.flush(account);
            }
        });
        return this.busy;
    }

    private async run(account: string): Promise<Sent[]> {
        const sent: Sent[] = [];
        for (const item of await this.list(account)) {
            if (item.state !== 'waiting') continue;
            // Order is kept: nothing overtakes what can still be taken back.
            if (this.isHeld(item)) break;
            try {
                const answer = await this.post(item.path, item.body);
                if (answer.status === 'refused' || answer.status === 'expired')
                    await this.refuse(item, answer.text_zh, answer.text_en);
                else await this.store.remove(item.id);
                this.held.delete(item.id);
                sent.push({ item, answer });
            } catch (error) {
                if (error instanceof Unreachable || (error instanceof Problem && passing(error)))
                    break;
                if (!(error instanceof Problem)) throw error;
                await this.refuse(item, error.text('zh'), error.text('en'));
            }
            this.onChange();
        }
        return sent;
    }

    private async refuse(item: Outgoing, zh: string | null, en: string | null): Promise<void> {
        await this.store.put({
            ...item,
            state: 'refused',
            refusal: { zh: zh ?? en ?? '', en: en ?? zh ?? '' },
        });
    }
}
