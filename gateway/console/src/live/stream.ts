// The live connection: reads /events, comes back with Last-Event-ID after a break, waits longer after
// each failure, and takes 20 s of quiet for a dead link (the gateway says something every 15 s). From
// the first failure on it is said to be broken; when no stream is back soon (a proxy that keeps bytes
// back) its owner polls meanwhile.
import { type Event, SseParser } from './sse';

export type LiveState = 'connecting' | 'live' | 'broken' | 'polling' | 'ended';

export interface LivePorts {
    fetch(url: string, init: RequestInit): Promise<Response>;
    setTimeout(run: () => void, ms: number): unknown;
    clearTimeout(timer: unknown): void;
}
export interface LiveHandlers {
    event(event: Event): void;
    state(state: LiveState): void;
    /** The gateway gave a sign of life. */
    heard?(): void;
    /** Asked every `pollEveryMs` while no stream gets through. */
    poll(): void;
    /** The gateway ended the session. */
    ended(): void;
    /** It answered and opens no stream now; it is asked again all the same. */
    refused?(response: Response): void;
}

const ports: LivePorts = {
    fetch: (url, init) => globalThis.fetch(url, init),
    setTimeout: (run, ms) => globalThis.setTimeout(run, ms),
    clearTimeout: (timer) => globalThis.clearTimeout(timer as number),
};

export class LiveStream {
    static readonly quietMs = 20_000;
    static readonly pollEveryMs = 10_000;
    /** From the first failure to the first poll: a gateway that was restarted is back by then. */
    static readonly patienceMs = 3000;
    private lastId = '';
    private failures = 0;
    private running = false;
    private abort: AbortController | null = null;
    private timers = { retry: null as unknown, quiet: null as unknown, poll: null as unknown };

    constructor(
        private readonly url: string,
        private readonly on: LiveHandlers,
        private readonly port: LivePorts = ports,
    ) {}

    start(): void {
        if (this.running) return;
        this.running = true;
        this.failures = 0;
        void this.connect();
    }

    stop(): void {
        this.running = false;
        this.abort?.abort();
        for (const key of ['retry', 'quiet', 'poll'] as const) this.clear(key);
    }

    /** Try at once: the phone is online again, the page is looked at again. */
    nudge(): void {
        if (!this.running || this.timers.retry === null) return;
        this.clear('retry');
        void this.connect();
    }

    /** Milliseconds before the next try: 1, 2, 4 … 30 s. */
    static backoff(failures: number): number {
        return Math.min(30_000, 1000 * 2 ** Math.max(0, failures - 1));
    }

    private async connect(): Promise<void> {
        const abort = new AbortController();
        this.abort = abort;
        if (this.failures === 0) this.on.state('connecting');
        this.listenForQuiet();
        try {
            const headers: Record<string, string> = { Accept: 'text/event-stream' };
            if (this.lastId !== '') headers['Last-Event-ID'] = this.lastId;
            const response = await this.port.fetch(this.url, {
                headers,
                credentials: 'same-origin',
                cache: 'no-store',
                signal: abort.signal,
            });
            if (response.status === 401) return this.end();
            if (!response.ok) this.on.refused?.(response);
            if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
            await this.read(response.body.getReader());
        } catch {
            // Whatever it was, the answer is the same: come back.
        }
        if (this.running && this.abort === abort) this.comeBack();
    }

    private async read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
        const parser = new SseParser();
        const decoder = new TextDecoder();
        for (;;) {
            const { done, value } = await reader.read();
            if (done || !this.running) return;
            this.listenForQuiet();
            this.on.heard?.();
            for (const event of parser.push(decoder.decode(value, { stream: true })))
                this.take(event);
        }
    }

    private take(event: Event): void {
        if (event.event === 'hello') {
            this.failures = 0;
            this.clear('poll');
            this.on.state('live');
        }
        if (event.id !== '') this.lastId = event.id;
        this.on.event(event);
    }

    private comeBack(): void {
        this.clear('quiet');
        this.failures += 1;
        if (this.failures === 1) {
            this.on.state('broken');
            this.timers.poll = this.port.setTimeout(() => this.poll(), LiveStream.patienceMs);
        }
        this.timers.retry = this.port.setTimeout(() => {
            this.timers.retry = null;
            void this.connect();
        }, LiveStream.backoff(this.failures));
    }

    private poll(): void {
        this.on.state('polling');
        this.on.poll();
        this.timers.poll = this.port.setTimeout(() => this.poll(), LiveStream.pollEveryMs);
    }

    private listenForQuiet(): void {
        this.clear('quiet');
        this.timers.quiet = this.port.setTimeout(() => this.abort?.abort(), LiveStream.quietMs);
    }

    private end(): void {
        this.stop();
        this.on.state('ended');
        this.on.ended();
    }

    private clear(key: 'retry' | 'quiet' | 'poll'): void {
        if (this.timers[key] !== null) this.port.clearTimeout(this.timers[key]);
        this.timers[key] = null;
    }
}
