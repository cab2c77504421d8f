// The dictionaries have the same keys, no key is missing or unused, and no template says anything in a
// language of its own.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'vue/compiler-sfc';
import { describe, expect, it } from 'vitest';
import { flat } from '@/locales';
import door from '@/locales/door.zh';
import en from '@/locales/en';
import zh from '@/locales/zh';

const words = { zh: flat(zh), en: flat(en) };
const src = 'src';
const files = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
    );
const code = files(src).filter((path) => /\.(vue|ts)$/.test(path) && !path.includes('locales'));

interface Node {
    type: number;
    tag?: string;
    content?: unknown;
    children?: Node[];
    branches?: Node[];
    props?: { type: number; name: string; value?: { content: string } }[];
    loc: { source: string; start: { line: number } };
}
function templates(): { path: string; root: Node }[] {
    return code
        .filter((path) => path.endsWith('.vue'))
        .flatMap((path) => {
            const template = parse(readFileSync(path, 'utf8')).descriptor.template;
            return template?.ast ? [{ path, root: template.ast as unknown as Node }] : [];
        });
}
function visit(node: Node, look: (node: Node) => void): void {
    look(node);
    for (const child of node.children ?? []) visit(child, look);
}

describe('the dictionaries', () => {
    it('have the same keys', () => {
        expect([...words.en.keys()].sort()).toEqual([...words.zh.keys()].sort());
    });
    it('name the same things in a sentence', () => {
        const names = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
        for (const [key, text] of words.zh)
            expect(names(words.en.get(key) ?? ''), key).toEqual(names(text));
    });
    it('have every key that is asked for', () => {
        for (const path of code) {
            const text = readFileSync(path, 'utf8');
            for (const [, found = ''] of text.matchAll(/(?<![\w.])t\(\s*'([\w.]+)'/g))
                expect(words.zh.has(found), `${path}: ${found}`).toBe(true);
            for (const [, one = '', other = ''] of text.matchAll(
                /\? '(\w+\.\w+)' : '(\w+\.\w+)'/g,
            )) {
                expect(words.zh.has(one) && words.zh.has(other), `${path}: ${one} ${other}`).toBe(
                    true,
                );
            }
            for (const [, group = ''] of text.matchAll(/term\('(\w+)'/g))
                expect(
                    [...words.zh.keys()].some((key) => key.startsWith(`${group}.`)),
                    `${path}: ${group}`,
                ).toBe(true);
        }
    });
});

it('what the login says is there before the rest of the words', () => {
    const early = flat(door);
    const asked = (path: string): string[] => {
        const text = readFileSync(path, 'utf8');
        const parts = [...text.matchAll(/from '(?:@\/parts|\.)\/(\w+\.vue)'/g)].map(([, name = '']) =>
            files(src).find((one) => one.endsWith(`/${name}`) && one !== path),
        );
        const own = [...text.matchAll(/(?<![\w.])t\(\s*'([\w.]+)'/g)].map(([, key = '']) => key);
        return [...own, ...parts.flatMap((one) => (one ? asked(one) : []))];
    };
    const keys = asked(join(src, 'door', 'DoorView.vue'));
    expect(keys).toContain('login.enter');
    expect(keys).toContain('password.again');
    for (const key of keys) expect(early.has(key), key).toBe(true);
});

describe('the templates', () => {
    it('say nothing in a language of their own', () => {
        expect(templates().length).toBeGreaterThan(30);
        for (const { path, root } of templates()) {
            visit(root, (node) => {
                if (node.type === 2)
                    expect(String(node.content), `${path}: text`).not.toMatch(
                        /[a-z]{2}|\p{Script=Han}/iu,
                    );
                for (const prop of node.props ?? []) {
                    if (
                        prop.type !== 6 ||
                        !['aria-label', 'title', 'placeholder', 'alt', 'label'].includes(prop.name)
                    )
                        continue;
                    expect(prop.value?.content ?? '', `${path}: ${prop.name}`).not.toMatch(
                        /[a-z]{2}|\p{Script=Han}/iu,
                    );
                }
            });
        }
    });
    it('have no style attribute, which the content security policy refuses', () => {
        for (const { path, root } of templates()) {
            visit(root, (node) => {
                for (const prop of node.props ?? [])
                    expect(prop.type === 6 && prop.name === 'style', path).toBe(false);
            });
        }
    });
    it('give the focus of every input a label', () => {
        for (const { path, root } of templates()) {
            const within = (node: Node, labelled: boolean): void => {
                const names = (node.props ?? []).map((prop) =>
                    prop.type === 7
                        ? ((prop as unknown as { arg?: { content: string } }).arg?.content ?? '')
                        : prop.name,
                );
                if (['input', 'select', 'textarea'].includes(node.tag ?? '')) {
                    expect(
                        labelled || names.includes('aria-label') || names.includes('aria-hidden'),
                        `${path}: ${node.loc.source.slice(0, 60)}`,
                    ).toBe(true);
                }
                for (const child of node.children ?? [])
                    within(child, labelled || node.tag === 'label');
            };
            within(root, false);
        }
    });
});
