// When the console makes a noise. A P1 that nobody has taken rings until somebody silences it, takes
// it, or it is over; another P1 rings again. A new P2 chimes once. Browsers allow sound only after a
// gesture, so until one comes the state is `locked`, and the screen says that sound is off.
import type { Alert } from '@/api/types';

export interface AlarmState {
    locked: boolean;
    muted: boolean;
    /** P1 and P2 that wait for somebody, as last seen. */
    waiting: ReadonlySet<string>;
    /** Those of them that ring. */
    ringing: ReadonlySet<string>;
}
export type AlarmEvent =
    | { type: 'alerts'; alerts: readonly Alert[] }
    | { type: 'unlocked' }
    | { type: 'silence' }
    | { type: 'mute'; muted: boolean };
export type Effect = 'ring' | 'stop' | 'chime';

export const quiet: AlarmState = {
    locked: true,
    muted: false,
    waiting: new Set(),
    ringing: new Set(),
};

export const waits = (alert: Alert) =>
    alert.state === 'open' &&
    (alert.priority === 'P1' || alert.priority === 'P2') &&
    alert.kind !== 'test';

/** What becomes of the state, and what is to be done now. */
export function step(state: AlarmState, event: AlarmEvent): [AlarmState, Effect[]] {
    switch (event.type) {
        case 'alerts':
            return seen(state, event.alerts);
        case 'unlocked': {
            const next = { ...state, locked: false };
            return [next, audible(next) && !audible(state) ? ['ring'] : []];
        }
        case 'silence':
            return [{ ...state, ringing: new Set() }, audible(state) ? ['stop'] : []];
        case 'mute': {
            const next = { ...state, muted: event.muted };
            if (audible(next) === audible(state)) return [next, []];
            return [next, [audible(next) ? 'ring' : 'stop']];
        }
    }
}

/** Something rings and can be heard. */
export function audible(state: AlarmState): boolean {
    return !state.locked && !state.muted && state.ringing.size > 0;
}

function seen(state: AlarmState, alerts: readonly Alert[]): [AlarmState, Effect[]] {
    const waiting = alerts.filter(waits);
    const ids = new Set(waiting.map(key));
    const fresh = waiting.filter((alert) => !state.waiting.has(key(alert)));
    const ringing = new Set([...state.ringing].filter((id) => ids.has(id)));
    for (const alert of fresh) if (alert.priority === 'P1') ringing.add(key(alert));
    const next = { ...state, waiting: ids, ringing };
    const effects: Effect[] = [];
    if (audible(next) !== audible(state)) effects.push(audible(next) ? 'ring' : 'stop');
    if (!next.locked && !next.muted && ringing.size === 0 && fresh.length > 0)
        effects.push('chime');
    return [next, effects];
}

/** Opened again is a new matter: whoever silenced the first has not heard of the second. */
const key = (alert: Alert) =>
    `${alert.id}/${alert.opened_at ?? ''}/${alert.priority}/${alert.rung > 2 ? 'again' : ''}`;
