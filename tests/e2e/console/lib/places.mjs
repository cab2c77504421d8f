// Where things are: programs of a build, templates of the repository, a private folder for each rig.
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** ANJU_BIN names another build's programs, such as those of a release. */
export const programs = resolve(process.env.ANJU_BIN ?? join(root, 'build/dev/bin'));

/** The built web app; the build puts it beside its programs. */
export const consoleFiles = resolve(
  process.env.ANJU_CONSOLE ?? join(programs, '../share/anju/console'));

export function privateFolder() {
  return mkdtempSync(join(tmpdir(), 'anju-console-'));
}

/** The first of them that is there; undefined: none is. */
export function found(...paths) {
  return paths.find((path) => path && existsSync(path));
}

export const mosquitto = found('/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto');
export const chromium = found(process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser');
