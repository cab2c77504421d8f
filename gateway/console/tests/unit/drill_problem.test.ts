// Every kind of problem that a gateway tells of a drill has its sentence.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import en from '@/locales/en';
import zh from '@/locales/zh';

const gateway = process.env['ANJU_GATEWAY_SOURCES'] ?? '..';
const header = readFileSync(`${gateway}/../firmware-sim/drill/drill_problem.hpp`, 'utf8');
const told = /names\{([^}]+)\}/.exec(header);

describe('a problem of a drill', () => {
    it('is said in both languages, whatever its kind', () => {
        const kinds = [...(told?.[1] ?? '').matchAll(/"(\w+)"/g)].map(([, kind = '']) => kind);
        expect(kinds.length).toBeGreaterThan(5);
        expect(Object.keys(zh.drill.problem).sort()).toEqual([...kinds, 'says'].sort());
        for (const kind of kinds) {
            expect(zh.drill.problem, kind).toHaveProperty(
                kind,
                expect.stringMatching(/\p{Script=Han}/u),
            );
            expect(en.drill.problem, kind).toHaveProperty(kind, expect.stringMatching(/[a-z]/));
        }
    });
});
