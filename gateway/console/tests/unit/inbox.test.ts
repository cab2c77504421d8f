// Lists and events that cross each other on a slow network.
import { describe, expect, it } from 'vitest';
import { alerts as recorded } from '../recorded/answers.mjs';
import type { Alert } from '@/api/types';
import { Inbox } from '@/live/inbox';

const [smoke] = recorded as unknown as [Alert];
const at = (minute: number, id: string, more: Partial<Alert> = {}): Alert => ({
    ...smoke,
    id,
    changed_at: `2026-11-28T09:${String(minute).padStart(2, '0')}:00.000+08:00`,
    ...more,
});
const ids = (inbox: Inbox) => [...inbox.alerts.keys()].sort();

describe('the inbox', () => {
    it('keeps an alarm that came after the list was asked for and before it was answered', () => {
        const inbox = new Inbox();
        const asked = inbox.ask();
        inbox.tell(at(1, 'new'));
        expect(inbox.listed(asked, [at(0, 'old')])).toBe(true);
        expect(ids(inbox)).toEqual(['new', 'old']);
    });
    it('drops with the next list what was closed without an event', () => {
        const inbox = new Inbox();
        inbox.tell(at(1, 'a'));
        inbox.listed(inbox.ask(), [at(0, 'b')]);
        expect(ids(inbox)).toEqual(['b']);
    });
    it('keeps what an event said of an alert that the list still knows as it was', () => {
        const inbox = new Inbox();
        inbox.listed(inbox.ask(), [at(0, 'a')]);
        const asked = inbox.ask();
        inbox.tell(at(2, 'a', { state: 'acknowledged' }));
        inbox.listed(asked, [at(0, 'a')]);
        expect(inbox.alerts.get('a')?.state).toBe('acknowledged');
    });
    it('takes from the list what changed after the event', () => {
        const inbox = new Inbox();
        const asked = inbox.ask();
        inbox.tell(at(2, 'a', { state: 'acknowledged' }));
        inbox.listed(asked, [at(3, 'a', { state: 'en_route' })]);
        expect(inbox.alerts.get('a')?.state).toBe('en_route');
    });
    it('does not bring back what an event said is over', () => {
        const inbox = new Inbox();
        inbox.listed(inbox.ask(), [at(0, 'a')]);
        const asked = inbox.ask();
        inbox.tell(at(2, 'a', { state: 'cancelled' }));
        inbox.listed(asked, [at(0, 'a')]);
        expect(ids(inbox)).toEqual([]);
    });
    it('does not listen to a list that was overtaken by one asked for later', () => {
        const inbox = new Inbox();
        const [slow, fast] = [inbox.ask(), inbox.ask()];
        inbox.listed(fast, [at(1, 'a'), at(1, 'b')]);
        inbox.listed(slow, [at(0, 'a')]);
        expect(ids(inbox)).toEqual(['a', 'b']);
    });
    it('drops what several pages left out only when they did so twice', () => {
        const inbox = new Inbox();
        inbox.listed(inbox.ask(), [at(0, 'a'), at(0, 'b')]);
        expect(inbox.listed(inbox.ask(), [at(0, 'a')], 2)).toBe(false);
        expect(ids(inbox)).toEqual(['a', 'b']);
        expect(inbox.listed(inbox.ask(), [at(0, 'a')], 2)).toBe(true);
        expect(ids(inbox)).toEqual(['a']);
    });
    it('ignores an event that is older than what it knows', () => {
        const inbox = new Inbox();
        expect(inbox.tell(at(2, 'a', { state: 'acknowledged' }))).toBe(true);
        expect(inbox.tell(at(1, 'a'))).toBe(false);
        inbox.tell(at(4, 'a', { state: 'cancelled' }));
        expect(inbox.tell(at(3, 'a'))).toBe(false);
        expect(ids(inbox)).toEqual([]);
    });
    it('shows a closed P1 until somebody has looked at the closing', () => {
        const inbox = new Inbox();
        inbox.tell(at(1, 'a', { state: 'closed' }));
        expect(ids(inbox)).toEqual(['a']);
        inbox.tell(at(2, 'a', { state: 'closed', reviewed_by: 'worker:L1' }));
        expect(ids(inbox)).toEqual([]);
    });
    it('shows the next person nothing of a list that the last one asked for', () => {
        const inbox = new Inbox();
        const asked = inbox.ask();
        inbox.tell(at(1, 'a'));
        inbox.clear();
        inbox.listed(asked, [at(0, 'b')]);
        expect(ids(inbox)).toEqual([]);
    });
});
