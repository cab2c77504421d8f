// The rig by itself: a smoke alarm comes through the real broker and the real daemon, and people are
// told. Holds for builds without the console too.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { home } from './lib/directory.mjs';
import { startRig } from './lib/rig.mjs';
import { eventually } from './lib/wait.mjs';

let rig;
before(async () => { rig = await startRig(); });
after(() => rig?.stop());

test('a smoke alarm becomes an alert of its home, and the group is told', async () => {
  const alert = await rig.smoke(1);
  assert.equal(alert.kind, 'smoke');
  assert.equal(alert.household, home(1).id);
  await eventually('the robot is told', () => rig.robot.about(alert.id).length > 0);
});

test('nobody moves, and the ladder goes on by the clock of the test', async () => {
  const alert = await rig.smoke(2);
  await rig.pass(4);
  await eventually('the second rung', async () =>
    (await rig.notices(alert.id, 'unanswered')).length > 0);
});

test('all homes and both communities are there', async () => {
  const { total } = await rig.control('residents', 'list');
  assert.equal(total, 8);
  const { communities } = await rig.control('rounds', 'week');
  assert.deepEqual(communities.map((one) => one.community), ['C1', 'C2']);
});
