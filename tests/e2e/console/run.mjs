// Runs the tests one file after the other, for each has the machine to itself; beginnings of file
// names as arguments run those. Ends with 0 when all hold, with 77 when there are no packages to run
// them with (a machine without a registry).
import { readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

import { installed } from './packages.mjs';

if (!installed()) {
  console.error('skipped: npm could not install the packages of package-lock.json');
  process.exit(77);
}

const here = dirname(fileURLToPath(import.meta.url));
const asked = process.argv.slice(2);
const files = readdirSync(here).filter((name) => name.endsWith('.test.mjs')
  && (asked.length === 0 || asked.some((one) => name.startsWith(one)))).sort();

run({ files: files.map((name) => resolve(here, name)), concurrency: 1 })
  .on('test:fail', () => { process.exitCode = 1; })
  .compose(new spec())
  .pipe(process.stdout);
