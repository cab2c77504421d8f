// Contrast of text on its ground as WCAG 2.2 works it out (1.4.3), from the design tokens themselves.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/styles/tokens.css', 'utf8');
const light = css.slice(0, css.indexOf('@media'));
const dark = css.slice(css.indexOf('@media'));
const colour = (name: string, theme: string) => {
    const found = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(theme)?.[1];
    if (!found) throw new Error(`no token --${name}`);
    return found;
};
function luminance(hex: string): number {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
        .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (a: string, b: string, theme: string) => {
    const [more = 0, less = 0] = [luminance(colour(a, theme)), luminance(colour(b, theme))].sort(
        (x, y) => y - x,
    );
    return (more + 0.05) / (less + 0.05);
};

const grounds = [
    'ground',
    'surface',
    'sunken',
    'brand-tint',
    'p1-tint',
    'p2-tint',
    'p3-tint',
    'p4-tint',
    'good-tint',
];
const meanings = ['p1', 'p2', 'p3', 'p4', 'good', 'brand'];

describe.each([
    { name: 'by day', theme: light, least: 4.5 },
    { name: 'in the dark', theme: dark, least: 7 },
])('$name', ({ theme, least }) => {
    it.each(grounds)('ink and soft ink can be read on %s', (ground) => {
        expect(contrast('ink', ground, theme)).toBeGreaterThanOrEqual(7);
        expect(contrast('ink-soft', ground, theme)).toBeGreaterThanOrEqual(least);
    });
    it.each(meanings)('%s can be read on a card, on the ground and on its tint', (name) => {
        for (const ground of ['surface', 'ground', `${name}-tint`])
            expect(contrast(name, ground, theme), ground).toBeGreaterThanOrEqual(least);
        expect(contrast('on-brand', name, theme)).toBeGreaterThanOrEqual(least);
    });
    it('what is pressed can be read', () => {
        expect(contrast('brand-deep', 'brand-tint', theme)).toBeGreaterThanOrEqual(least);
        expect(contrast('on-brand', 'brand-deep', theme)).toBeGreaterThanOrEqual(least);
    });
    it('borders of what can be touched and the focus are seen (1.4.11)', () => {
        expect(contrast('line-strong', 'surface', theme)).toBeGreaterThanOrEqual(3);
        for (const ground of grounds)
            expect(contrast('focus', ground, theme), ground).toBeGreaterThanOrEqual(3);
    });
});

it('no colour of the day is left over in the dark', () => {
    const names = (theme: string) =>
        [...theme.matchAll(/--([\w-]+): #[0-9a-f]{6};/g)].map(([, name]) => name).sort();
    expect(names(dark)).toEqual(names(light));
});
