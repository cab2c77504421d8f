// A few words that this phone keeps for whoever holds it. A phone without room, or a browser that
// forbids it, forgets them, and nothing more.
export function readLocal(key: string): string | null {
    try {
        return localStorage.getItem(key);
    } catch {
        return null;
    }
}

/** Null takes it away. */
export function writeLocal(key: string, value: string | null): void {
    try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
    } catch {
        // Forgotten.
    }
}
