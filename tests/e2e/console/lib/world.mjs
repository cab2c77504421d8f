// What the tests of a file share: a gateway and accounts. Against a build without the console they
// are skipped, unless ANJU_CONSOLE_REQUIRED says that it has to be there.
import { after, before, test } from 'node:test';

import { makeAccounts } from './accounts.mjs';
import { startRig } from './rig.mjs';

/** Fails with all that is wrong, a line each. */
export function nothing(wrong) {
  if (wrong.length > 0) throw new Error(`${wrong.length} of them:\n${wrong.join('\n')}`);
}

/** A function like test(); the body is given {rig, visitors} and the test's context. */
export function inWorld(homes) {
  const world = {};
  before(async () => {
    world.rig = await startRig(homes);
    if (world.rig.hasConsole) world.visitors = await makeAccounts(world.rig);
    else if (process.env.ANJU_CONSOLE_REQUIRED) throw new Error('this build has no console');
  });
  after(() => world.rig?.stop());
  return (name, body) => test(name, async (t) => {
    if (!world.rig.hasConsole) return t.skip('this build has no console');
    return body(world, t);
  });
}
