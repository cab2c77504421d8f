// What the tests of a file share: a gateway and accounts. Against a build without the console they
// are skipped, unless ANJU_CONSOLE_REQUIRED says that it has to be there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { makeAccounts } from './accounts.mjs';
import { openBrowser } from './browser.mjs';
import { chromium, consoleFiles } from './places.mjs';
import { startRig } from './rig.mjs';

/** Fails with all that is wrong, a line each. */
export function nothing(wrong) {
  if (wrong.length > 0) throw new Error(`${wrong.length} of them:\n${wrong.join('\n')}`);
}

/** Why a test cannot be run with this build; empty: it can. */
function lacking(rig, pages) {
  if (!rig.hasConsole) return 'this build has no console';
  if (pages && !existsSync(join(consoleFiles, 'index.html'))) return 'the web app was not built';
  return pages && !chromium ? 'there is no browser' : '';
}

/** A function like test(); the body is given {rig, visitors, browser} and the test's context.
 *  `pages`: it needs the built web app and a browser. `fresh`: nobody has an account yet. */
export function inWorld(homes, { pages = false, fresh = false } = {}) {
  const world = {};
  let missing = '';
  before(async () => {
    world.rig = await startRig(homes);
    missing = lacking(world.rig, pages);
    if (missing && process.env.ANJU_CONSOLE_REQUIRED) throw new Error(missing);
    if (missing) return;
    if (!fresh) world.visitors = await makeAccounts(world.rig);
    if (pages) world.browser = await openBrowser();
  });
  after(async () => {
    await world.browser?.close();
    await world.rig?.stop();
  });
  return (name, body) => test(name, (t) => (missing ? t.skip(missing) : body(world, t)));
}
