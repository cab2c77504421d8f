// The login that stands in the page, and how the program takes over from it.
import 'fake-indexeddb/auto';
import { createApp, h, nextTick } from 'vue';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { takeBegun, type Begun } from '@/door/first';
import LoginView from '@/door/LoginView.vue';
import { firstPage } from '../../tools/first_page';

const place = () => {
    document.body.innerHTML = '<div id="app"></div>';
    return document.querySelector('#app')!;
};
function draw(begun: Begun | null = null): Element {
    const at = place();
    createApp(() => h(LoginView, { asked: false, begun })).mount(at);
    return at;
}
/** What is seen of an element and how it behaves; not what a framework leaves in it. */
function facts(element: Element): unknown {
    const names = [...element.getAttributeNames()].filter((one) => !/^(data-|type$)/.test(one));
    return {
        tag: element.tagName,
        ...Object.fromEntries(
            names
                .filter((one) => one !== 'class')
                .map((one) => [one, element.getAttribute(one)] as const),
        ),
        class: [...element.classList].filter((one) => one !== 'first-login').sort(),
        type: element.tagName === 'INPUT' ? (element.getAttribute('type') ?? 'text') : null,
        text: element.children.length === 0 ? element.textContent?.trim() : undefined,
        inside: [...element.children].map(facts),
    };
}

afterEach(() => {
    delete document.documentElement.dataset['wish'];
    document.body.innerHTML = '';
});

describe('the first page', () => {
    it('is drawn as the login is', () => {
        const drawn = facts(draw().firstElementChild!);
        place().innerHTML = firstPage;
        expect(facts(document.querySelector('.first-login')!)).toEqual(drawn);
    });
    it('sends nothing by itself, whatever is pressed', () => {
        place().innerHTML = firstPage;
        const buttons = [...document.querySelectorAll('button')];
        expect(buttons.map((one) => one.type)).toEqual(['button', 'button']);
        expect(document.querySelector('form')!.hasAttribute('action')).toBe(false);
    });
    it('hands over what was typed and where the caret stood', async () => {
        place().innerHTML = firstPage;
        const [name, password] = [...document.querySelectorAll('input')];
        name!.value = 'zhang';
        password!.value = 'secret of zh';
        password!.focus();
        password!.setSelectionRange(3, 5);
        const begun = takeBegun();
        const at = draw(begun);
        await nextTick();
        const fields = [...at.querySelectorAll('input')];
        expect(fields.map((one) => one.value)).toEqual(['zhang', 'secret of zh']);
        expect(document.activeElement).toBe(fields[1]);
        expect([fields[1]!.selectionStart, fields[1]!.selectionEnd]).toEqual([3, 5]);
    });
    it('has nothing to hand over where nobody touched it', () => {
        place().innerHTML = firstPage;
        expect(takeBegun()).toBeNull();
        place();
        expect(takeBegun()).toBeNull();
    });
    it('carries out what was pressed too early, once', () => {
        place().innerHTML = firstPage;
        document.querySelectorAll('input').forEach((one) => (one.value = 'x'));
        document.documentElement.dataset['wish'] = 'enter';
        const begun = takeBegun();
        expect(begun?.wish).toBe('enter');
        expect(document.documentElement.dataset['wish']).toBeUndefined();
        const submitted = vi
            .spyOn(HTMLFormElement.prototype, 'requestSubmit')
            .mockImplementation(() => {});
        draw(begun);
        expect(submitted).toHaveBeenCalledOnce();
    });
});
