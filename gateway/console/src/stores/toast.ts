// One short line at the bottom, read out by screen readers, with at most one thing to do about it.
import { reactive } from 'vue';

export interface Toast {
    id: number;
    text: string;
    tone: 'good' | 'bad';
    action?: { label: string; run: () => void };
}
export const toast = reactive<{ shown: Toast | null }>({ shown: null });

let last = 0;
export function say(
    text: string,
    tone: Toast['tone'] = 'good',
    action?: Toast['action'],
    forMs?: number,
): void {
    const id = ++last;
    toast.shown = action ? { id, text, tone, action } : { id, text, tone };
    setTimeout(
        () => {
            if (toast.shown?.id === id) toast.shown = null;
        },
        forMs ?? (tone === 'bad' ? 9000 : 4500),
    );
}
