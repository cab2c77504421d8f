// What may go wrong between the console and the gateway: an answer that says no (RFC 9457), or none.

export interface ProblemBody {
    title?: string;
    status?: number;
    code?: string;
    detail?: string;
    title_zh?: string;
    detail_zh?: string;
    setup?: boolean;
    errors?: { what: string; where: string; remedy: string }[];
}

/** The gateway answered, and it says no. `code` is stable; "http_NNN" when the answer named none. */
export class Problem extends Error {
    constructor(
        readonly status: number,
        readonly code: string,
        readonly body: ProblemBody,
        /** Seconds to wait before the next try; null where the gateway did not say. */
        readonly retryAfter: number | null = null,
    ) {
        super(`${status} ${code}`);
        this.name = 'Problem';
    }
    /** `field` names the places where something is wrong as they are called on the screen. */
    text(language: 'zh' | 'en', field: (where: string) => string = (where) => where): string {
        const body = this.body;
        const said =
            language === 'zh' ? [body.title_zh, body.detail_zh] : [body.title, body.detail];
        // What is wrong there is said in English only; the name of the field has to do for the rest.
        const places = (body.errors ?? []).map((one) =>
            language === 'zh'
                ? `请检查“${field(one.where)}”（${one.what}）`
                : [field(one.where), one.what].filter(Boolean).join(': '),
        );
        return [...said, ...places].filter(Boolean).join(language === 'zh' ? '：' : ' – ');
    }
}

/** Nobody answered: no network, the box is off, or the answer did not come in time. */
export class Unreachable extends Error {
    constructor(readonly cause?: unknown) {
        super('unreachable');
        this.name = 'Unreachable';
    }
}

export async function problemOf(response: Response): Promise<Problem> {
    let body: ProblemBody = {};
    try {
        const parsed: unknown = await response.json();
        if (typeof parsed === 'object' && parsed !== null) body = parsed as ProblemBody;
    } catch {
        // A proxy's page instead of a problem: the number has to do.
    }
    const wait = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
    return new Problem(
        response.status,
        body.code ?? `http_${response.status}`,
        body,
        Number.isFinite(wait) ? wait : null,
    );
}
