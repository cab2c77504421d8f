// The live messages of a device: from the broker to the screen of whoever stands in front of it.
import assert from 'node:assert/strict';

import { invite } from './lib/accounts.mjs';
import { desk, logIn, openPage, phone } from './lib/browser.mjs';
import { misfit } from './lib/contract.mjs';
import { home } from './lib/directory.mjs';
import { Events } from './lib/events.mjs';
import { eventually } from './lib/wait.mjs';
import { inWorld } from './lib/world.mjs';

const inside = inWorld({}, { pages: true });
const { smoke, topic } = home(1);
const address = `/devices/${smoke}/events`;

inside('a message is on the screen with its reading, and a broken one with its problem', async ({ rig, browser }) => {
  for (const [viewport, level] of [[phone, 77], [desk, 67]]) {
    const { page, faults, close } = await openPage(browser, rig, { viewport });
    await logIn(page, 'operator');
    await page.goto(`${rig.url}/#/operators/devices/${smoke}`);
    await page.getByText('实时', { exact: true }).waitFor();
    await rig.sensors.publish(topic, `{"smoke":false,"battery":${level}}`);
    await page.getByRole('button', { name: new RegExp(`已采用.*电量 % ${level}`) }).waitFor();
    await rig.sensors.publish(topic, '{"smoke":fal');
    const bad = page.getByRole('button', { name: /看不懂/ }).first();
    await bad.click();
    await page.getByText('怎么办').waitFor();
    await page.getByText('{"smoke":fal', { exact: true }).waitFor();

    await page.getByRole('button', { name: '暂停' }).click();
    await rig.sensors.publish(topic, `{"smoke":false,"battery":${level - 1}}`);
    await page.getByText(/暂停中，有 1 条/).waitFor();
    const later = page.getByRole('button', { name: new RegExp(`电量 % ${level - 1}`) });
    assert.equal(await later.count(), 0, 'the screen moved');
    await page.getByRole('button', { name: '继续' }).click();
    await later.waitFor();
    assert.deepEqual(faults, []);
    await close();
  }
});

inside('what is told has the shape of the contract, and comes again after a break', async ({ rig, visitors }) => {
  const events = await Events.open(visitors.operator, {}, address);
  await events.next('a greeting', (event) => event.name === 'hello');
  await rig.sensors.publish(topic, '{"smoke":false,"battery":60}');
  const told = await events.next('the message', ({ data }) => data.payload_text?.includes('60'));
  assert.equal(told.data.fate, 'taken');
  assert.equal(told.data.driver, 'zigbee2mqtt');
  assert.equal(told.data.topic, topic);
  events.close();
  await rig.sensors.publish(topic, '{"smoke":false,"battery":59}');
  const again = await Events.open(visitors.operator, { 'Last-Event-ID': told.id }, address);
  await again.next('what was missed', ({ data }) => data.payload_text?.includes('59'));
  assert.equal(again.heard.some(({ name }) => name === 'reset'), false);
  assert.equal(again.heard.some(({ id }) => id === told.id), false, 'told twice');
  for (const { name, data } of [...events.heard, ...again.heard]) {
    assert.equal(misfit(`console/messages.yaml#/$defs/${name}`, data), '', JSON.stringify(data));
  }
  const recent = await visitors.operator.must('GET', `/devices/${smoke}/messages/live`);
  assert.equal(misfit('console/messages.yaml#/$defs/Recent', recent), '');
  assert.ok(recent.watched && recent.items.length >= 2);
  again.close();
});

inside('only operators of the home look, and it is written down once', async ({ rig, visitors }) => {
  for (const who of ['worker', 'lead', 'supervisor', 'auditor']) {
    assert.equal((await Events.open(visitors[who], {}, address)).status, 403, who);
  }
  const { visitor: elsewhere } = await invite(visitors.operator, { name: 'far', shown: '外区运维',
    role: 'operator', scope: ['C2'] });
  assert.equal((await Events.open(elsewhere, {}, address)).status, 404);
  assert.equal((await elsewhere.get(`/devices/${smoke}/messages/live`)).status, 404);
  const mine = (await invite(visitors.operator, { name: 'near', shown: '本区运维', role: 'operator',
    scope: ['C1'] })).visitor;
  for (let i = 0; i < 2; i += 1) {
    const events = await Events.open(mine, {}, address);
    await events.next('a greeting', (event) => event.name === 'hello');
    events.close();
  }
  const rows = (await visitors.auditor.must('GET', `/audit?subject=device:${smoke}&limit=500`)).items
    .filter((row) => row.name === 'near' && row.action === 'watch_messages');
  assert.equal(rows.length, 1, 'coming again is the same look');
  await mine.delete('/session');
  assert.equal((await Events.open(mine, {}, address)).status, 401);
});

inside('nothing is kept of a device that nobody watches', async ({ rig, visitors }) => {
  const other = home(2);
  await rig.sensors.publish(other.topic, '{"smoke":false,"battery":50}');
  await eventually('the reading is stored', async () =>
    (await visitors.operator.must('GET', `/devices/${other.smoke}/messages`)).items.length > 0);
  const { watched, items } = await visitors.operator.must('GET', `/devices/${other.smoke}/messages/live`);
  assert.deepEqual({ watched, items }, { watched: false, items: [] });
});

inside('a device that waits to be accepted shows its last message', async ({ rig, browser }) => {
  await rig.sensors.publish('zigbee2mqtt/new door', '{"contact":false}');
  const { page, faults, close } = await openPage(browser, rig, { viewport: phone });
  await logIn(page, 'operator');
  await page.goto(`${rig.url}/#/operators`);
  await page.getByRole('button', { name: '新设备' }).click();
  const card = page.getByRole('listitem').filter({ hasText: 'new door' }).first();
  await card.getByText('最近一条报文').click();
  await card.getByText('{"contact":false}').waitFor();
  assert.deepEqual(faults, []);
  await close();
});
