// What a phone fetches until it shows alerts, gzipped: index.html and what it names, then the app and
// its Chinese words. Fails beyond the limit.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const limit = 250_000;
const out = process.env.ANJU_CONSOLE_OUT ?? fileURLToPath(new URL('../dist', import.meta.url));
const html = readFileSync(join(out, 'index.html'), 'utf8');
const first = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+)"/g)].map((found) => found[1]);
const then = readdirSync(join(out, 'assets'))
    .filter((name) => /^(app|zh)-.*\.js$/.test(name))
    .map((name) => `assets/${name}`);

let sum = 0;
for (const name of new Set(['index.html', ...first, ...then])) {
    const size = gzipSync(readFileSync(join(out, name)), { level: 9 }).length;
    sum += size;
    console.log(`${String(size).padStart(8)}  ${name}`);
}
console.log(`${String(sum).padStart(8)}  of ${limit}`);
if (first.length === 0 || then.length < 2) throw new Error('a part of the first load is missing');
if (sum > limit) {
    console.error(`the first load is ${sum - limit} bytes too large`);
    process.exit(1);
}
