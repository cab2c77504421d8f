import { describe, expect, it } from 'vitest';
import { alerts as recorded } from '../recorded/answers.mjs';
import type { Alert } from '@/api/types';
import { type AlarmEvent, type AlarmState, type Effect, quiet, step } from '@/sound/alarm';

const [smoke, silence] = recorded as unknown as [Alert, Alert];
const p1 = (id: string, more: Partial<Alert> = {}): Alert => ({ ...smoke, id, ...more });
const p2 = (id: string, more: Partial<Alert> = {}): Alert => ({ ...silence, id, ...more });
const seen = (...alerts: Alert[]): AlarmEvent => ({ type: 'alerts', alerts });
const ready: AlarmState = { ...quiet, locked: false };

/** The effects of each event in turn. */
function run(state: AlarmState, ...events: AlarmEvent[]): Effect[][] {
    return events.map((event) => {
        const [next, effects] = step(state, event);
        state = next;
        return effects;
    });
}

describe('the alarm', () => {
    it('rings for a critical alert until somebody takes it', () => {
        expect(
            run(ready, seen(p1('a')), seen(p1('a')), seen(p1('a', { state: 'acknowledged' }))),
        ).toEqual([['ring'], [], ['stop']]);
    });
    it('is silenced by a gesture, and rings again for another one', () => {
        expect(
            run(ready, seen(p1('a')), { type: 'silence' }, seen(p1('a')), seen(p1('a'), p1('b'))),
        ).toEqual([['ring'], ['stop'], [], ['ring']]);
    });
    it('rings again when a silenced one is opened anew, because nobody moved', () => {
        const again = p1('a', { opened_at: '2026-11-28T09:40:00.000+08:00' });
        expect(
            run(
                ready,
                seen(p1('a')),
                { type: 'silence' },
                seen(p1('a', { state: 'acknowledged' })),
                seen(again),
            ),
        ).toEqual([['ring'], ['stop'], [], ['ring']]);
    });
    it('rings again when the ladder has climbed past its second rung', () => {
        expect(
            run(
                ready,
                seen(p1('a')),
                { type: 'silence' },
                seen(p1('a', { rung: 3 })),
                seen(p1('a', { rung: 4 })),
            ),
        ).toEqual([['ring'], ['stop'], ['ring'], []]);
    });
    it('waits for the first gesture, and rings then for what still waits', () => {
        expect(run(quiet, seen(p1('a')), { type: 'unlocked' })).toEqual([[], ['ring']]);
        expect(run(quiet, seen(p1('a')), seen(), { type: 'unlocked' })).toEqual([[], [], []]);
    });
    it('is quiet while it is muted, and rings when it is no more', () => {
        expect(
            run(
                ready,
                { type: 'mute', muted: true },
                seen(p1('a')),
                { type: 'mute', muted: false },
                { type: 'mute', muted: true },
            ),
        ).toEqual([[], [], ['ring'], ['stop']]);
    });
    it('chimes once for an urgent alert, not for a notice, not over a ringing', () => {
        expect(
            run(ready, seen(p2('a')), seen(p2('a')), seen(p2('a'), p2('c', { priority: 'P3' }))),
        ).toEqual([['chime'], [], []]);
        expect(run(ready, seen(p1('a'), p2('b')))).toEqual([['ring']]);
    });
    it('says nothing of a test or of a resident who is still being asked', () => {
        expect(
            run(ready, seen(p1('a', { kind: 'test' })), seen(p2('b', { state: 'self_check' }))),
        ).toEqual([[], []]);
    });
    it('rings when a notice has become critical', () => {
        expect(run(ready, seen(p1('a', { priority: 'P3' })), seen(p1('a')))).toEqual([
            [],
            ['ring'],
        ]);
    });
});
