// A page's data: asked for at once, asked again on demand; the old stays on the screen meanwhile.
import { onUnmounted, shallowRef } from 'vue';

export function useLoad<T>(ask: () => Promise<T>) {
    const data = shallowRef<T | null>(null);
    const error = shallowRef<unknown>(null);
    const loading = shallowRef(false);
    let turn = 0;
    onUnmounted(() => (turn = -1));
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
