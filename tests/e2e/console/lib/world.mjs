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

/** A function like test(); the body is given {rig, visitors, browser} and the test's context.
 *  `pages`: it needs the built web app and a browser. */
export function inWorld(homes, { pages = false } = {}) {
  const world = {};
  let missing = '';
  before(async () => {
    world.rig = await startRig(homes);
    if (!world.rig.hasConsole) missing = 'this build has no console';
    else if (pages && !existsSync(join(consoleFiles, 'index.html'))) missing = 'the web app was not built';
    else if (pages && !chromium) missing = 'there is no browser';
    if (missing && process.env.ANJU_CONSOLE_REQUIRED) throw new Error(missing);
    if (missing) return;
    world.visitors = await makeAccounts(world.rig);
    if (pages) world.browser = await openBrowser();
  });
  after(async () => {
    await world.browser?.close();
    await world.rig?.stop();
  });
  return (name, body) => test(name, (t) => (missing ? t.skip(missing) : body(world, t)));
}
