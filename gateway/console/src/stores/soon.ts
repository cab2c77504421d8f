// Many reasons to do something soon, and one doing of it.

/** Runs once, `leastMs` to `leastMs + spreadMs` after the first call; calls until then are answered
 *  by the same run. The spread is chance, so that consoles that heard the same do not all ask at
 *  once. */
export function soon(run: () => void, leastMs: number, spreadMs: number) {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const call = (): void => {
        timer ??= setTimeout(
            () => {
                timer = null;
                run();
            },
            leastMs + Math.random() * spreadMs,
        );
    };
    const stop = (): void => {
        if (timer !== null) clearTimeout(timer);
        timer = null;
    };
    return { call, stop };
}
