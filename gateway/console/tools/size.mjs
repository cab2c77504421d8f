// What a phone fetches before the first screen: index.html and what it names, and the inbox, gzipped.
// Fails beyond the limit.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const limit = 250_000;
const out = process.env.ANJU_CONSOLE_OUT ?? fileURLToPath(new URL('../dist', import.meta.url));
const html = readFileSync(join(out, 'index.html'), 'utf8');
const first = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+)"/g)].map((found) => found[1]);
const inbox = readdirSync(join(out, 'assets'))
    .filter((name) => /^(AlertsView|AlertView|LoginView|RoundsView)-.*\.(js|css)$/.test(name))
    .map((name) => `assets/${name}`);

let sum = 0;
for (const name of new Set(['index.html', ...first, ...inbox])) {
    const size = gzipSync(readFileSync(join(out, name)), { level: 9 }).length;
    sum += size;
    console.log(`${String(size).padStart(8)}  ${name}`);
}
console.log(`${String(sum).padStart(8)}  of ${limit}`);
if (first.length === 0) throw new Error('index.html names no script');
if (sum > limit) {
    console.error(`the first load is ${sum - limit} bytes too large`);
    process.exit(1);
}
