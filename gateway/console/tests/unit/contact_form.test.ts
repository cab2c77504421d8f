// The form stays until the phone has kept what was typed.
import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { createApp, h } from 'vue';
import { today } from '../recorded/answers.mjs';
import type { Task } from '@/api/types';
import { loadWords } from '@/locales';
import { store } from '@/offline';
import ContactForm from '@/parts/ContactForm.vue';

const task = (today.tasks as Task[]).find((one) => one.kind === 'phone_call') as Task;
let close: () => void;
async function open(onClose: (recorded: boolean) => void): Promise<HTMLElement> {
    await loadWords('zh');
    const place = document.body.appendChild(document.createElement('div'));
    const app = createApp(() => h(ContactForm, { task, began: Date.now() - 60_000, onClose }));
    app.mount(place);
    close = () => {
        app.unmount();
        place.remove();
    };
    return place;
}
afterEach(() => close());
const tap = (place: HTMLElement, text: string) =>
    [...place.querySelectorAll('button')].find((one) => one.textContent?.trim() === text)?.click();

it('closes once the record is on the phone', async () => {
    const closed = vi.fn();
    const place = await open(closed);
    tap(place, '平安');
    expect(closed).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(closed).toHaveBeenCalledWith(true));
    expect(await store.outgoing()).toHaveLength(1);
});

it('keeps what was typed when the phone could not', async () => {
    const closed = vi.fn();
    const place = await open(closed);
    const put = vi.spyOn(store, 'put').mockRejectedValue(new Error('full'));
    const note = place.querySelector('textarea') as HTMLTextAreaElement;
    note.value = '膝盖疼';
    note.dispatchEvent(new Event('input'));
    tap(place, '平安');
    await vi.waitFor(() => expect(put).toHaveBeenCalled());
    await vi.waitFor(() => expect(document.body.textContent).toContain('没有登记上'));
    expect(closed).not.toHaveBeenCalled();
    expect(note.value).toBe('膝盖疼');
});
