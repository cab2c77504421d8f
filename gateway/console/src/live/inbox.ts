// The alerts that are not over, put together from lists and from live events, in whatever order the
// network brings them. A list tells how things stood when it was answered: what an event said after
// the list was asked for is newer, and is neither overwritten nor dropped nor brought back by it.
import type { Alert } from '@/api/types';
import { isFinished } from '@/format/alert';

const time = (alert: Alert) => Date.parse(alert.changed_at);
const awaitsReview = (alert: Alert) =>
    alert.state === 'closed' && !alert.reviewed_by && alert.priority <= 'P2';
/** Over, and nobody has to look at it any more. */
const isGone = (alert: Alert) => isFinished(alert) && !awaitsReview(alert);

export class Inbox {
    alerts: ReadonlyMap<string, Alert> = new Map();
    /** Events and lists in the order in which they began to matter. */
    private turn = 0;
    private lastList = 0;
    /** What events said since the last list was asked for, over or not. */
    private readonly told = new Map<string, { turn: number; alert: Alert }>();
    /** Left out by the last list, which came in several pages between which it may have moved. */
    private missed = new Set<string>();

    /** A list is asked for; hand what this returns to listed(). */
    ask(): number {
        return ++this.turn;
    }

    /** An event. False: it is older than what is known. */
    tell(alert: Alert): boolean {
        const known = this.told.get(alert.id)?.alert ?? this.alerts.get(alert.id);
        if (known && time(known) > time(alert)) return false;
        this.told.set(alert.id, { turn: ++this.turn, alert });
        const alerts = new Map(this.alerts);
        if (isGone(alert)) alerts.delete(alert.id);
        else alerts.set(alert.id, alert);
        this.alerts = alerts;
        return true;
    }

    /** A list that was asked for at `asked` has come, in so many pages. False: what it says is not
     *  all, and another is wanted soon. */
    listed(asked: number, found: readonly Alert[], pages = 1): boolean {
        // One asked for later has been answered already.
        if (asked < this.lastList) return true;
        this.lastList = asked;
        const next = new Map<string, Alert>();
        for (const alert of found) next.set(alert.id, alert);
        for (const [id, { turn, alert }] of this.told) {
            const listed = next.get(id);
            if (turn < asked || (listed && time(listed) > time(alert))) {
                this.told.delete(id);
                continue;
            }
            if (isGone(alert)) next.delete(id);
            else next.set(id, alert);
        }
        const missed = new Set<string>();
        if (pages > 1) {
            for (const [id, alert] of this.alerts) {
                if (next.has(id) || this.told.has(id) || this.missed.has(id)) continue;
                missed.add(id);
                next.set(id, alert);
            }
        }
        this.missed = missed;
        this.alerts = next;
        return missed.size === 0;
    }

    clear(): void {
        this.alerts = new Map();
        this.told.clear();
        this.missed.clear();
        // Lists that are on their way are somebody else's.
        this.lastList = ++this.turn;
    }
}
