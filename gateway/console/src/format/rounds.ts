// What of rounds is decided on the screen: which tasks are done, what a form lacks, what is sent.
import type { Form, FormField, Task } from '@/api/types';
import { rfc3339 } from './time';

export const fields: FormField[] = ['health', 'mind', 'safety', 'hygiene', 'housing', 'needs'];
export const outcomes = ['well', 'needs_help', 'unreached', 'refused', 'by_other'] as const;
export type Outcome = (typeof outcomes)[number];

const over = new Set(['completed', 'unreached', 'missed', 'substituted', 'cancelled', 'excused']);
export const isOver = (task: { state: string }) => over.has(task.state);
export const isVisit = (task: { kind: string }) =>
    task.kind === 'home_visit' || task.kind === 'return_check' || task.kind === 'device_check';

/** What the record of a task is called: the desk counts visits, calls, returns and talks to family. */
export function recordKind(task: { kind: string }): 'visit' | 'call' | 'return' | 'family' {
    if (task.kind === 'return_check') return 'return';
    if (task.kind === 'contact_call') return 'family';
    return isVisit(task) ? 'visit' : 'call';
}

export const blankForm = (): Form => ({
    health: 0,
    mind: 0,
    safety: 0,
    hygiene: 0,
    housing: 0,
    needs: 0,
});
export const allWell = (): Form => ({
    health: 1,
    mind: 1,
    safety: 1,
    hygiene: 1,
    housing: 1,
    needs: 1,
});
export const isComplete = (form: Form) => fields.every((field) => form[field] !== 0);

/** Somebody was seen or heard, so a form or a length makes sense. */
export const reached = (outcome: string) => outcome === 'well' || outcome === 'needs_help';

export interface Attempt {
    task: Task;
    outcome: Outcome;
    form: Form;
    note: string;
    /** Milliseconds since 1970, at the gateway: when the call was dialled or the visit begun; null:
     *  nobody tapped it. */
    began: number | null;
    now: number;
    offsetMinutes: number;
    /** Said by the worker; null: from when it began until now, and if nobody knows that, unknown. */
    minutes: number | null;
}

/** Whether the length has to be asked: it decides whether a call counts, and nobody took it. That of
 *  a visit may stay unknown. */
export const wantsLength = (task: { kind: string }, outcome: string, began: number | null) =>
    recordKind(task) === 'call' && reached(outcome) && began === null;

/** The shortest call that counts is 30 s; nobody knows better than the time between dialling and now,
 *  which is not longer than the call may be (2 h, a visit 8 h). What nobody knows is not said. */
export function contactBody(attempt: Attempt): Record<string, unknown> {
    const { task, outcome, form, note, began, now, offsetMinutes, minutes } = attempt;
    const kind = recordKind(task);
    const most = kind === 'visit' || kind === 'return' ? 8 * 3600 : 2 * 3600;
    const known =
        minutes !== null ? minutes * 60 : began !== null ? Math.round((now - began) / 1000) : null;
    const seconds = known === null ? null : Math.max(1, Math.min(known, most));
    const start =
        began !== null && minutes === null
            ? Math.max(began, now - most * 1000)
            : now - (seconds ?? 0) * 1000;
    const visit = kind === 'visit' || kind === 'return';
    const body: Record<string, unknown> = {
        resident: task.resident,
        kind,
        outcome,
        start: rfc3339(start, offsetMinutes),
        note: note.trim(),
        task: task.id,
    };
    if (seconds !== null) body['seconds'] = seconds;
    if (visit && reached(outcome)) body['form'] = fields.map((field) => form[field]).join(',');
    if (task.alert) body['alert'] = task.alert;
    return body;
}
