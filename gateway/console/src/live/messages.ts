// The lines of the live messages of one device, as a pure step over what comes: newest first, each
// once, bounded. While paused nothing on the screen moves; what comes meanwhile waits.
import type { LiveMessage } from '@/api/types';

export interface MessageLines {
    shown: LiveMessage[];
    waiting: LiveMessage[];
    paused: boolean;
}
export const nothing: MessageLines = { shown: [], waiting: [], paused: false };
/** More than this are not read by anybody; the oldest go. */
export const mostLines = 200;

const byId = (a: LiveMessage, b: LiveMessage) =>
    a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
function merged(known: LiveMessage[], came: LiveMessage[]): LiveMessage[] {
    const all = new Map([...known, ...came].map((one) => [one.id, one]));
    return [...all.values()].sort((a, b) => byId(b, a)).slice(0, mostLines);
}

export function take(lines: MessageLines, came: LiveMessage[]): MessageLines {
    if (!lines.paused) return { ...lines, shown: merged(lines.shown, came) };
    const known = new Set(lines.shown.map((one) => one.id));
    const fresh = came.filter((one) => !known.has(one.id));
    return { ...lines, waiting: merged(lines.waiting, fresh) };
}
export const pause = (lines: MessageLines): MessageLines => ({ ...lines, paused: true });
export const resume = (lines: MessageLines): MessageLines => ({
    shown: merged(lines.shown, lines.waiting),
    waiting: [],
    paused: false,
});
