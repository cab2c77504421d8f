// Lists that go on, people by name, and what else is worked out for a screen.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { effectScope } from 'vue';
import { Problem } from '@/api/problem';
import type { Page } from '@/api/types';
import { healthOf, withNames } from '@/format/people';
import { flat } from '@/locales';
import en from '@/locales/en';
import zh from '@/locales/zh';
import { useList } from '@/stores/load';

type Item = { id: number };
const page = (ids: number[], next: string | null): Page<Item> => ({
    items: ids.map((id) => ({ id })),
    next,
    total: 5,
});
function listOf(ask: (cursor: string | null) => Promise<Page<Item>>) {
    const scope = effectScope();
    const list = scope.run(() => useList(ask, (one) => one.id));
    if (!list) throw new Error('no scope');
    return { ...list, ids: () => list.items.value.map((one) => one.id) };
}

describe('a list in pages', () => {
    it('goes on behind what is shown, and shows once what moved between two pages', async () => {
        const asked: (string | null)[] = [];
        const list = listOf((cursor) => {
            asked.push(cursor);
            return Promise.resolve(cursor === null ? page([1, 2, 3], 'b') : page([3, 4], null));
        });
        await list.load();
        expect([list.ids(), list.next.value, list.total.value]).toEqual([[1, 2, 3], 'b', 5]);
        await list.more();
        expect([list.ids(), list.next.value]).toEqual([[1, 2, 3, 4], null]);
        expect(asked).toEqual([null, 'b']);
        await list.load();
        expect(list.ids()).toEqual([1, 2, 3]);
    });
    it('keeps what it shows when the next page does not come', async () => {
        let fails = false;
        const list = listOf(() =>
            fails ? Promise.reject(new Error('gone')) : Promise.resolve(page([1], 'b')),
        );
        await list.load();
        fails = true;
        await list.more();
        expect([list.ids(), list.next.value]).toEqual([[1], 'b']);
        expect(list.error.value).toBeInstanceOf(Error);
    });
    it('begins anew when it is asked something else while a page is on its way', async () => {
        const answers: ((found: Page<Item>) => void)[] = [];
        const list = listOf(() => new Promise((resolve) => answers.push(resolve)));
        const [first, second] = [list.load(), list.load()];
        answers[1]?.(page([7], null));
        answers[0]?.(page([1], 'b'));
        await Promise.all([first, second]);
        expect([list.ids(), list.next.value]).toEqual([[7], null]);
    });
});

describe('people', () => {
    it('are called by their names in what the gateway says', () => {
        const said = '预警已是“已签收”，处理人 console:worker:W1';
        const known = { owner: 'console:worker:W1', owner_shown: '陈静' };
        expect(withNames(said, known)).toBe('预警已是“已签收”，处理人 陈静');
        expect(withNames(said)).toBe('预警已是“已签收”，处理人 W1');
        expect(withNames('在 10:30 之后：再试')).toBe('在 10:30 之后：再试');
    });
});

describe('sensors', () => {
    it('that were never heard are not called good', () => {
        expect(healthOf({ health: 'ok', last_heard: null })).toBe('never_heard');
        expect(healthOf({ health: 'ok', last_heard: '2026-11-28T09:00:00+08:00' })).toBe('ok');
        expect(healthOf({ health: 'offline', last_heard: null })).toBe('offline');
    });
});

describe('words', () => {
    it('name the field where something is wrong', () => {
        const errors = [{ what: 'is missing', where: 'said_by', remedy: '' }];
        const problem = new Problem(400, 'refused', { title: 'no', title_zh: '请求有误', errors });
        const field = (where: string) => flat(zh).get(`field.${where}`) ?? where;
        expect(problem.text('zh', field)).toBe('请求有误：请检查“谁说的”（is missing）');
        expect(problem.text('en')).toBe('no – said_by: is missing');
    });
    it('are there for every rule and every fixed rule of the gateway', () => {
        // The build tests a copy of these sources, and says where the others are.
        const sources = process.env['ANJU_GATEWAY_SOURCES'] ?? '..';
        const gateway = (path: string) => readFileSync(`${sources}/${path}`, 'utf8');
        const rules = gateway('app/anjuctl/policy_text.cpp').matchAll(/\{"([a-z0-9_.]+)",\s*\{"/g);
        const presets = /presets\{("[^}]+")\}/.exec(gateway('core/model/names.cpp'))?.[1] ?? '';
        const keys = [
            ...[...rules].map(([, key = '']) => `policy.${key.replaceAll('.', '_')}`),
            ...presets
                .split(', ')
                .map((name) => `preset.${name.slice(1, -1).replaceAll('-', '_')}`),
        ];
        expect(keys.length).toBeGreaterThan(50);
        for (const words of [flat(zh), flat(en)])
            for (const key of keys) expect(words.has(key), key).toBe(true);
    });
});
