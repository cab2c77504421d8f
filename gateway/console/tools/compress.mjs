// After the build: tells the service worker which files there are, and puts a .br and a .gz beside
// every file that gets smaller, so that the gateway never compresses what never changes.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const out = process.env.ANJU_CONSOLE_OUT ?? fileURLToPath(new URL('../dist', import.meta.url));
const text = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt']);

function files(folder) {
    return readdirSync(folder, { withFileTypes: true })
        .flatMap((entry) => {
            const path = join(folder, entry.name);
            return entry.isDirectory() ? files(path) : [path];
        })
        .filter((path) => !/\.(br|gz)$/.test(path))
        .sort();
}

const address = (path) => '/' + relative(out, path).split(sep).join('/');
const kept = files(out).filter((path) => !['/sw.js', '/index.html'].includes(address(path)));
const hash = createHash('sha256');
for (const path of [...kept, join(out, 'index.html')])
    hash.update(address(path)).update(readFileSync(path));
const name = `anju-${hash.digest('hex').slice(0, 16)}`;

const worker = join(out, 'sw.js');
const source = readFileSync(worker, 'utf8');
const place = /(["'`])__PRECACHE__\1/;
if (!place.test(source)) throw new Error('sw.js has no place for the list of files');
writeFileSync(
    worker,
    source.replace(place, JSON.stringify({ name, files: ['/', ...kept.map(address)] })),
);

let [count, before, after] = [0, 0, 0];
for (const path of files(out)) {
    if (!text.has(extname(path))) continue;
    const bytes = readFileSync(path);
    const gz = gzipSync(bytes, { level: 9 });
    const br = brotliCompressSync(bytes, {
        params: {
            [constants.BROTLI_PARAM_QUALITY]: 11,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
    });
    if (gz.length < bytes.length) writeFileSync(`${path}.gz`, gz);
    if (br.length < bytes.length) writeFileSync(`${path}.br`, br);
    [count, before, after] = [
        count + 1,
        before + statSync(path).size,
        after + Math.min(br.length, bytes.length),
    ];
}
console.log(
    `${count} files, ${Math.round(before / 1000)} kB, ${Math.round(after / 1000)} kB as brotli`,
);
