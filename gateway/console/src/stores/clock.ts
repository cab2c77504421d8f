// The gateway's time on this screen: the phone's own clock, put right by what the gateway said.
import { computed, ref } from 'vue';
import { dateOf } from '@/format/time';
import { readLocal, writeLocal } from './local';

/** Kept, so that a phone whose clock is wrong writes right times without a network too. */
const key = 'anju.skew';
const skew = ref(Number(readLocal(key)) || 0);
const tick = ref(Date.now());
export const offsetMinutes = ref(480);

/** Milliseconds since 1970 at the gateway; moves once a second while somebody looks. */
export const now = computed(() => tick.value + skew.value);

/** The same to the millisecond, for what is remembered rather than shown. */
export const gatewayNow = () => Date.now() + skew.value;

/** Whether a time of the gateway is of today. */
export const isToday = (time: string) =>
    time.slice(0, 10) === dateOf(gatewayNow(), offsetMinutes.value);

export function setClock(gatewayNow: string, offset?: number): void {
    const at = Date.parse(gatewayNow);
    if (!Number.isNaN(at)) {
        skew.value = at - Date.now();
        writeLocal(key, String(skew.value));
    }
    if (offset !== undefined) offsetMinutes.value = offset;
    tick.value = Date.now();
}

export function startClock(): void {
    setInterval(() => {
        if (!document.hidden) tick.value = Date.now();
    }, 1000);
    document.addEventListener('visibilitychange', () => (tick.value = Date.now()));
}
