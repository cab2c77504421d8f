// Whether what is on the screen is how things stand, and if not, until when it was.
import { ref } from 'vue';
import type { LiveState } from '@/live/stream';
import { gatewayNow } from './clock';

export const live = ref<LiveState>('connecting');
/** The last sign of life of the gateway; milliseconds since 1970, its clock. Null: none yet. */
export const heardAt = ref<number | null>(null);
export const heard = () => (heardAt.value = gatewayNow());

/** `offline`: nobody answers. `broken`: the stream is, and nothing has been asked since. `polling`:
 *  the stream is, and asking works. */
export type Link = 'good' | 'broken' | 'polling' | 'offline';

export function linkOf(state: LiveState, answers: boolean): Link {
    if (state === 'live') return 'good';
    if (!answers) return 'offline';
    return state === 'broken' || state === 'polling' ? state : 'good';
}
