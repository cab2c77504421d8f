// One way to ask the gateway: JSON both ways, the session's token on what changes something, ETags on
// what is read, problems as exceptions. Knows nothing of what is asked; that is in calls.ts.
import { Problem, problemOf, Unreachable } from './problem';

export const BASE = '/api/v1';

type Params = Record<string, string | number | boolean | null | undefined>;
type Fetch = (input: string, init: RequestInit) => Promise<Response>;

export function withParams(path: string, params: Params = {}): string {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(params)) {
        if (value !== null && value !== undefined && value !== '') query.set(key, String(value));
    }
    const text = query.toString();
    return text === '' ? path : `${path}?${text}`;
}

export class Client {
    /** Answers kept for the ETag; beyond the bound the one unused for longest goes. */
    static readonly kept = 40;
    private csrf = '';
    private readonly seen = new Map<string, { etag: string; body: unknown }>();

    constructor(
        private readonly fetch: Fetch = (input, init) => globalThis.fetch(input, init),
        /** Called when the gateway says that there is no session (any more). */
        public onEnded: (problem: Problem) => void = () => {},
        private readonly timeoutMs = 20_000,
    ) {}
    /** Called when the token is not that of the session; true when it has been renewed. */
    onForged: () => Promise<boolean> = () => Promise.resolve(false);

    begin(csrf: string): void {
        this.csrf = csrf;
    }
    /** Forgets the token and every answer: the next account must not see them. */
    end(): void {
        this.csrf = '';
        this.seen.clear();
    }

    async get<T>(path: string, params?: Params): Promise<T> {
        const url = BASE + withParams(path, params);
        const known = this.seen.get(url);
        const response = await this.send(url, {
            method: 'GET',
            headers: known
                ? { Accept: 'application/json', 'If-None-Match': known.etag }
                : { Accept: 'application/json' },
        });
        if (response.status === 304 && known) {
            this.keep(url, known);
            return known.body as T;
        }
        if (!response.ok) throw await this.refused(response);
        const body: unknown = await this.json(response);
        const etag = response.headers.get('ETag');
        if (etag) this.keep(url, { etag, body });
        else this.seen.delete(url);
        return body as T;
    }

    post<T>(path: string, body: unknown = {}): Promise<T> {
        return this.change('POST', path, body);
    }
    patch<T>(path: string, body: unknown): Promise<T> {
        return this.change('PATCH', path, body);
    }
    delete<T>(path: string): Promise<T> {
        return this.change('DELETE', path, undefined);
    }

    private async change<T>(
        method: string,
        path: string,
        body: unknown,
        again = true,
    ): Promise<T> {
        const headers: Record<string, string> = {
            Accept: 'application/json',
            'Content-Type': 'application/json',
        };
        if (this.csrf !== '') headers['X-CSRF-Token'] = this.csrf;
        const init: RequestInit = { method, headers };
        if (body !== undefined) init.body = JSON.stringify(body);
        const response = await this.send(BASE + path, init);
        if (!response.ok) {
            const problem = await this.refused(response);
            const forged = problem instanceof Problem && problem.code === 'forged';
            if (forged && again && this.csrf !== '' && (await this.onForged()))
                return this.change(method, path, body, false);
            throw problem;
        }
        if (response.status === 204) return undefined as T;
        return (await this.json(response)) as T;
    }

    private async send(url: string, init: RequestInit): Promise<Response> {
        const abort = new AbortController();
        const timer = setTimeout(() => abort.abort(), this.timeoutMs);
        try {
            return await this.fetch(url, {
                ...init,
                credentials: 'same-origin',
                cache: 'no-store',
                signal: abort.signal,
            });
        } catch (cause) {
            throw new Unreachable(cause);
        } finally {
            clearTimeout(timer);
        }
    }

    /** A captive portal or a dying proxy answers 200 with a page: that is nobody, not an answer. */
    private async json(response: Response): Promise<unknown> {
        try {
            return await response.json();
        } catch (cause) {
            throw new Unreachable(cause);
        }
    }

    private async refused(response: Response): Promise<Problem | Unreachable> {
        const problem = await problemOf(response);
        // Without a code of ours, a gateway error is a proxy's word for "nobody there".
        if ([502, 503, 504].includes(problem.status) && problem.code.startsWith('http_'))
            return new Unreachable(problem);
        if (problem.status === 401 && problem.code === 'no_session') {
            this.end();
            this.onEnded(problem);
        }
        return problem;
    }

    private keep(url: string, answer: { etag: string; body: unknown }): void {
        this.seen.delete(url);
        this.seen.set(url, answer);
        if (this.seen.size > Client.kept) this.seen.delete(this.seen.keys().next().value as string);
    }
}

export const client = new Client();
