// What the address says to somebody who is not logged in.

/** The token of a link that opens the console once; empty: it is none. */
export function tokenOf(hash: string): string {
    return /^#\/once\/([\w-]+)$/.exec(hash)?.[1] ?? '';
}

/** Whether a page was asked for, to which the login leads back. */
export function isAsked(hash: string): boolean {
    return !/^(#?\/?|#\/(alerts|login|setup)|#\/once\/.*)$/.test(hash);
}
