import { describe, expect, it } from 'vitest';
import type { LiveMessage } from '@/api/types';
import { mostLines, nothing, pause, resume, take } from '@/live/messages';

const message = (id: number) => ({ id: String(id) }) as LiveMessage;
const ids = (all: LiveMessage[]) => all.map((one) => one.id);

describe('the lines of live messages', () => {
    it('have the newest first, and each once', () => {
        let lines = take(nothing, [message(9), message(10)]);
        lines = take(lines, [message(10), message(11)]);
        expect(ids(lines.shown)).toEqual(['11', '10', '9']);
    });
    it('stand still while paused, and count what waits', () => {
        let lines = pause(take(nothing, [message(1)]));
        lines = take(lines, [message(1), message(2)]);
        lines = take(lines, [message(3)]);
        expect(ids(lines.shown)).toEqual(['1']);
        expect(lines.waiting).toHaveLength(2);
        lines = resume(lines);
        expect(ids(lines.shown)).toEqual(['3', '2', '1']);
        expect(lines).toMatchObject({ waiting: [], paused: false });
    });
    it('are bounded, also while paused', () => {
        const many = Array.from({ length: mostLines + 5 }, (_, i) => message(i));
        expect(take(nothing, many).shown).toHaveLength(mostLines);
        expect(ids(take(nothing, many).shown)[0]).toBe(String(mostLines + 4));
        expect(take(pause(nothing), many).waiting).toHaveLength(mostLines);
    });
});
