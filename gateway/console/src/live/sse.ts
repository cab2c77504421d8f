// The text/event-stream format (WHATWG HTML 9.2.6) as a pure function over chunks. Written out rather
// than EventSource, which neither tells a refused session from a lost network nor notices a dead link.

export interface Event {
    id: string;
    event: string;
    data: string;
}

export class SseParser {
    /** A line longer than this is no line of ours; the stream is given up. */
    static readonly longest = 1 << 20;
    private rest = '';
    private id = '';
    private event = '';
    private data: string[] = [];

    /** The events that are complete with this chunk, in order. Throws RangeError on an endless line. */
    push(chunk: string): Event[] {
        const out: Event[] = [];
        const lines = (this.rest + chunk).split('\n');
        this.rest = lines.pop() ?? '';
        if (this.rest.length > SseParser.longest) throw new RangeError('endless line');
        for (const line of lines) {
            const event = this.line(line.endsWith('\r') ? line.slice(0, -1) : line);
            if (event) out.push(event);
        }
        return out;
    }

    private line(line: string): Event | null {
        if (line === '') return this.dispatch();
        const colon = line.indexOf(':');
        if (colon === 0) return null;
        const field = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (field === 'id') this.id = value;
        else if (field === 'event') this.event = value;
        else if (field === 'data') this.data.push(value);
        return null;
    }

    private dispatch(): Event | null {
        const event = { id: this.id, event: this.event || 'message', data: this.data.join('\n') };
        const empty = this.data.length === 0;
        this.event = '';
        this.data = [];
        return empty ? null : event;
    }
}
