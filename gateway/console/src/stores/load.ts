// A page's data: asked for at once, asked again on demand; the old stays on the screen meanwhile.
import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import type { Page } from '@/api/types';

export function useLoad<T>(ask: () => Promise<T>) {
    const data = shallowRef<T | null>(null);
    const error = shallowRef<unknown>(null);
    const loading = shallowRef(false);
    let turn = 0;
    onScopeDispose(() => (turn = -1));
    async function load(): Promise<void> {
        const mine = ++turn;
        loading.value = true;
        try {
            const found = await ask();
            if (mine === turn) [data.value, error.value] = [found, null];
        } catch (problem) {
            if (mine === turn) error.value = problem;
        } finally {
            if (mine === turn) loading.value = false;
        }
    }
    return { data, error, loading, load };
}

/** A list that comes in pages. `more` asks for the next one; an element that moved between two pages and
 *  comes twice is shown once. */
export function useList<T>(
    ask: (cursor: string | null) => Promise<Page<T>>,
    id: (item: T) => string | number,
) {
    const items = shallowRef<T[]>([]);
    const next = ref<string | null>(null);
    let wanted: string | null = null;
    let turn = 0;
    const { data, error, loading, load: page } = useLoad(() => ask(wanted));
    async function get(cursor: string | null): Promise<void> {
        const mine = ++turn;
        wanted = cursor;
        await page();
        const found = data.value;
        if (mine !== turn || error.value !== null || found === null) return;
        const kept = cursor === null ? [] : items.value;
        const known = new Set(kept.map(id));
        items.value = [...kept, ...found.items.filter((item) => !known.has(id(item)))];
        next.value = found.next;
    }
    return {
        items,
        next,
        error,
        loading,
        has: computed(() => data.value !== null),
        total: computed(() => data.value?.total ?? null),
        load: () => get(null),
        more: () => get(next.value),
    };
}
