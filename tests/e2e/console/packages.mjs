// The packages that the tests need, as package-lock.json names them; no script of theirs is run.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** True when they are there, now or already. */
export function installed() {
  const mark = join(here, 'node_modules/.package-lock.json');
  const age = (file) => statSync(file).mtimeMs;
  if (existsSync(mark) && age(mark) >= age(join(here, 'package-lock.json'))) return true;
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'],
    { cwd: here, stdio: 'inherit' });
  return npm.status === 0;
}
