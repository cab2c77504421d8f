// What of alerts is decided on the screen: their order, what to offer first, how to say a measure.
import type { Alert, Evidence, Language, Role, Verb } from '@/api/types';
import { amount } from './people';
import { span } from './time';

const finished = new Set(['closed', 'merged', 'suppressed', 'cancelled']);
export const isFinished = (alert: Alert) => finished.has(alert.state);

/** Before the ladder, somebody has it, dealt with, over. */
function stage(alert: Alert): number {
    if (alert.state === 'open') return 0;
    if (alert.state === 'self_check' || alert.state === 'suspected') return 1;
    if (isFinished(alert)) return 4;
    return alert.state === 'resolved' ? 3 : 2;
}

/** Most urgent first: what is not over before what is; priority; nobody has it before somebody has;
 *  the newest. The order of the gateway's own list. */
export function byUrgency(a: Alert, b: Alert): number {
    return (
        Number(isFinished(a)) - Number(isFinished(b)) ||
        a.priority.localeCompare(b.priority) ||
        stage(a) - stage(b) ||
        Date.parse(b.raised_at) - Date.parse(a.raised_at) ||
        a.id.localeCompare(b.id)
    );
}

/** Of devices, not of people: what those who look after the box may move (gateway/access/rights.cpp). */
const technical = new Set([
    'low_battery',
    'device_offline',
    'data_stale',
    'tamper',
    'mains_lost',
    'area_outage',
    'test',
    'channel_failed',
]);
/** Whether a list offers to take it; the gateway has the last word. */
export function mayTake(role: Role | null, alert: Alert): boolean {
    if (role === 'operator') return Boolean(alert.drill) || technical.has(alert.kind);
    return role !== null && role !== 'auditor';
}

const forward: Verb[] = ['acknowledge', 'en_route', 'on_site', 'resolve', 'close', 'review'];

/** The next step of the usual way, of those that this account may take now. */
export function nextVerb(alert: Alert, verbs: readonly Verb[]): Verb | null {
    const usual: Partial<Record<string, Verb>> = {
        self_check: 'i_am_well',
        open: 'acknowledge',
        acknowledged: 'en_route',
        en_route: 'on_site',
        on_site: 'resolve',
        resolved: 'close',
        closed: 'review',
    };
    const first = usual[alert.state];
    if (first && verbs.includes(first)) return first;
    // Nobody travels to a P3 or P4: what comes later on the way is offered instead.
    const from = first ? forward.indexOf(first) : 0;
    return forward.slice(Math.max(0, from)).find((verb) => verbs.includes(verb)) ?? null;
}

/** Which advice fits: by what happened, and by how far somebody is. */
export function adviceKey(alert: Alert): string {
    if (alert.state === 'self_check') return 'self_check';
    if (alert.state === 'resolved') return 'write_up';
    if (alert.state === 'closed')
        return alert.reviewed_by || alert.priority > 'P2' ? 'over' : 'review';
    if (isFinished(alert)) return 'over';
    if (alert.kind === 'inactivity' && alert.priority === 'P3') return 'phone';
    const groups: Record<string, string> = {
        smoke: 'fire',
        gas_leak: 'gas',
        sos: 'sos',
        flood: 'water',
        water_continuous: 'water',
        water_high: 'water',
        inactivity: 'silence',
        water_low: 'silence',
        contact_failed: 'unreached',
        not_returned: 'missing',
        night_exit: 'missing',
        no_exit: 'phone',
        routine_change: 'phone',
        activity_while_away: 'intruder',
        door_open_long: 'door',
        test: 'test',
    };
    return groups[alert.kind] ?? 'device';
}

/** "1.2 L", "3 小时", "20 %" … by the unit of the evidence. */
export function measure(value: number, unit: string | null, language: Language): string {
    if (unit === 'ml')
        return value >= 1000
            ? `${amount(value / 1000, language)} L`
            : `${amount(value, language)} mL`;
    if (unit === 'ms') return span(value, language);
    if (unit === '%') return `${amount(value, language)} %`;
    if (unit === 'thousandths') return amount(value / 1000, language);
    if (unit === 'ms_of_day') {
        const minutes = Math.round(value / 60_000);
        return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    }
    return amount(value, language);
}

/** Something was measured against a limit, and it can be drawn. */
export function comparable(evidence: Evidence | undefined): evidence is Evidence {
    return (
        !!evidence &&
        evidence.unit !== null &&
        evidence.unit !== 'ms_of_day' &&
        evidence.threshold > 0
    );
}
