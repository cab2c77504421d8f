// Contrast of text on its ground as WCAG 2.2 works it out (1.4.3), from the design tokens themselves.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const css = readFileSync('src/styles/tokens.css', 'utf8');
const colour = (name: string) => {
    const found = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css)?.[1];
    if (!found) throw new Error(`no token --${name}`);
    return found;
};
function luminance(hex: string): number {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
        .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (a: string, b: string) => {
    const [light = 0, dark = 0] = [luminance(colour(a)), luminance(colour(b))].sort(
        (x, y) => y - x,
    );
    return (light + 0.05) / (dark + 0.05);
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
it.each(grounds)('ink and soft ink can be read on %s', (ground) => {
    expect(contrast('ink', ground)).toBeGreaterThanOrEqual(7);
    expect(contrast('ink-soft', ground)).toBeGreaterThanOrEqual(4.5);
});
it.each(['p1', 'p2', 'p3', 'p4', 'good', 'brand'])(
    '%s can be read on white, on the ground and on its tint',
    (name) => {
        for (const ground of ['surface', 'ground', `${name}-tint`])
            expect(contrast(name, ground), ground).toBeGreaterThanOrEqual(4.5);
        expect(contrast('on-brand', name)).toBeGreaterThanOrEqual(4.5);
    },
);
it('borders of what can be touched and the focus are seen (1.4.11)', () => {
    expect(contrast('line-strong', 'surface')).toBeGreaterThanOrEqual(3);
    for (const ground of grounds)
        expect(contrast('focus', ground), ground).toBeGreaterThanOrEqual(3);
});
