// Every reason for which a box does not protect, and every word of an update that a gateway tells, has its
// sentence.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { flat } from '@/locales';
import en from '@/locales/en';
import zh from '@/locales/zh';

const gateway = process.env['ANJU_GATEWAY_SOURCES'] ?? '..';
const source = (path: string) => readFileSync(`${gateway}/${path}`, 'utf8');
const record = source('update/record.cpp');

/** Names of what an enumeration of update/record.cpp holds. */
const names = (type: string) =>
    [...record.matchAll(new RegExp(`\\{${type}::\\w+, "(\\w+)"\\}`, 'g'))].map(([, name = '']) => name);
/** What is never shown: nothing was done, nothing waits. */
const shown = (name: string) => !['none', 'idle', 'current'].includes(name);

it.each([
    ['update_ending', names('Ending')],
    ['update_step', names('Step')],
    ['update_rest', names('Rest')],
    [
        'unprotected',
        [...source('runtime/protection.cpp').matchAll(/return "(\w+)"/g)].map(([, name = '']) => name),
    ],
])('%s: both languages name all that the gateway tells', (group, told) => {
    const wanted = told.filter(shown).sort();
    expect(wanted.length).toBeGreaterThan(3);
    for (const words of [flat(zh), flat(en)])
        expect(
            [...words.keys()]
                .filter((key) => key.startsWith(`${group}.`))
                .map((key) => key.slice(group.length + 1))
                .sort(),
        ).toEqual(wanted);
});
