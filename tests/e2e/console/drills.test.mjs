// A drill as an operator holds it: the simulator stands ready on the box, and the console has it play.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { desk, logIn, openPage } from './lib/browser.mjs';
import { Events } from './lib/events.mjs';
import { programs } from './lib/places.mjs';
import { Process } from './lib/process.mjs';
import { eventually } from './lib/wait.mjs';
import { inWorld } from './lib/world.mjs';

const inside = inWorld({ http: '[drill]\nallowed = true\n' }, { pages: true });

function attend(rig) {
  const secret = join(rig.dir, 'simulator.password');
  writeFileSync(secret, `${rig.broker.passwords.simulator}\n`, { mode: 0o600 });
  return new Process(join(programs, 'anju-sim'), [
    'attend', '--broker', `mqtt://127.0.0.1:${rig.broker.port}`, '--credentials', secret,
    '--control', join(rig.dir, 'control.sock')], { log: join(rig.dir, 'attend.log') });
}

const drillHomes = async (rig) =>
  (await rig.control('residents', 'list')).households.filter((one) => one.drill !== null);
const stage = async (visitor) => JSON.parse((await visitor.get('/drills')).text);

async function openDrills(browser, rig) {
  const opened = await openPage(browser, rig, { viewport: desk, expects: [/status of 409/] });
  await logIn(opened.page, 'operator');
  await opened.page.goto(`${rig.url}/#/operators`);
  await opened.page.getByRole('button', { name: '演练', exact: true }).click();
  return opened;
}

async function begin(page, title) {
  await page.getByRole('listitem').filter({ hasText: title })
    .getByRole('button', { name: '开始', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^开始演练/ }).click();
}

inside('an operator has a scenario played and sees what it was worth', async ({ rig, visitors, browser }) => {
  const { page, faults, close } = await openDrills(browser, rig);
  await page.getByText('没有待命的模拟器').waitFor();
  const refused = await visitors.operator.post('/drills', { scenario: 'smoke-cooking' });
  assert.equal(JSON.parse(refused.text).code, 'no_simulator');
  const worker = await Events.open(visitors.worker);
  const simulator = attend(rig);
  try {
    const offered = await eventually('the simulator stands ready', async () =>
      (await stage(visitors.operator)).simulator?.scenarios);
    const { title_zh } = offered.find((one) => one.name === 'smoke-cooking');
    await begin(page, title_zh);
    await page.getByText('全部如期').waitFor({ timeout: 240_000 });
    const { drill } = await stage(visitors.operator);
    assert.equal(drill.passed, true, JSON.stringify(drill));
    assert.ok(drill.rows.some((row) => row.alert === 'smoke' && row.met && row.delay_ms !== null));
    assert.deepEqual(await drillHomes(rig), [], 'its homes are taken off');
    const alerts = (await rig.control('alerts', 'list', '--all')).alerts;
    assert.equal(alerts.find((one) => one.kind === 'smoke').drill, 'maintainers');
    // Of the homes where people live much is told: weeks have passed in them.
    const ofIt = ({ name, data }) => name === 'drill' || String(data.household ?? data.alert).startsWith('drill-');
    assert.deepEqual(worker.heard.filter(ofIt), [], 'a worker hears nothing of it');
    assert.deepEqual(faults, []);
  } finally {
    worker.close();
    await simulator.stop();
    await close();
  }
});

inside('a drill is stopped, and nothing of it stays', async ({ rig, visitors, browser }) => {
  const { page, faults, close } = await openDrills(browser, rig);
  const simulator = attend(rig);
  try {
    const offered = await eventually('the simulator stands ready', async () =>
      (await stage(visitors.operator)).simulator?.scenarios);
    await begin(page, offered.find((one) => one.name === 'fall-at-night').title_zh);
    await eventually('homes to practise with', async () => (await drillHomes(rig)).length > 0);
    const again = await visitors.operator.post('/drills', { scenario: 'smoke-cooking' });
    assert.equal(JSON.parse(again.text).code, 'drill_running');
    await page.getByRole('button', { name: '停止', exact: true }).click();
    await page.getByText('已停止').waitFor({ timeout: 120_000 });
    assert.deepEqual(await drillHomes(rig), []);
    assert.deepEqual(faults, []);
  } finally {
    await simulator.stop();
    await close();
  }
});

inside('nobody but an operator holds one, and it is written down who did', async ({ visitors }) => {
  for (const who of ['worker', 'lead', 'auditor']) {
    assert.equal((await visitors[who].get('/drills')).status, 403, who);
    assert.equal((await visitors[who].post('/drills', { scenario: 'smoke-cooking' })).status, 403, who);
  }
  const rows = JSON.parse((await visitors.auditor.get('/audit?subject=scenario:smoke-cooking')).text).items;
  assert.ok(rows.some((row) => row.action === 'drill_begun' && row.detail === 'maintainers'), JSON.stringify(rows));
});
