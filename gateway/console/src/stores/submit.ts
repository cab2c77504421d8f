// A form on its way: sent once at a time, and why it was refused.
import { ref } from 'vue';
import { useText } from './text';

/** `explain` has better words for some problems; empty: none for this one. */
export function useSubmit(work: () => Promise<void>, explain?: (problem: unknown) => string) {
    const { failure } = useText();
    const error = ref('');
    const busy = ref(false);
    async function submit(): Promise<void> {
        if (busy.value) return;
        busy.value = true;
        error.value = '';
        try {
            await work();
        } catch (problem) {
            error.value = explain?.(problem) || failure(problem);
        } finally {
            busy.value = false;
        }
    }
    return { error, busy, submit };
}
