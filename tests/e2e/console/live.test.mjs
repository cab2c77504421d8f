// What is told live: to whom, in which shape, and after a break.
import assert from 'node:assert/strict';

import { login } from './lib/accounts.mjs';
import { misfit } from './lib/contract.mjs';
import { Events } from './lib/events.mjs';
import { home } from './lib/directory.mjs';
import { eventually } from './lib/wait.mjs';
import { inWorld } from './lib/world.mjs';

const inside = inWorld();
const isOf = (id) => (event) => event.name === 'alert' && event.data.id === id;

function shapely(events) {
  for (const { name, data } of events.heard) {
    assert.equal(misfit(`console/live.yaml#/$defs/${name}`, data), '', `${name} ${JSON.stringify(data)}`);
  }
}

inside('an alarm is told to those in whose area it is, in the shape of the contract', async ({ rig, visitors }) => {
  const here = await Events.open(visitors.worker);
  const elsewhere = await Events.open(visitors.elsewhere);
  assert.match(here.headers['content-type'], /^text\/event-stream/);
  await here.next('a greeting', (event) => event.name === 'hello');
  await elsewhere.next('a greeting', (event) => event.name === 'hello');
  const one = await rig.smoke(1);
  const other = await rig.smoke(901);
  const told = await here.next('the alarm', isOf(one.id));
  assert.equal(told.data.name, home(1).name);
  await elsewhere.next('theirs', isOf(other.id));
  await visitors.worker.must('POST', `/alerts/${one.id}/commands`, { command_id: `live-${one.id}`, verb: 'acknowledge' });
  await here.next('that it was taken', (event) => isOf(one.id)(event) && event.data.state === 'acknowledged');
  assert.equal(here.heard.some(isOf(other.id)), false, 'an alarm of another community');
  assert.equal(elsewhere.heard.some(isOf(one.id)), false, 'an alarm of another community');
  shapely(here);
  shapely(elsewhere);
  here.close();
  elsewhere.close();
});

inside('whoever may not read of people is told no name and no address', async ({ rig, visitors }) => {
  const masked = await Events.open(visitors.auditor);
  const { id } = await rig.smoke(2);
  const told = await masked.next('the alarm', isOf(id));
  assert.equal(told.data.address, null);
  for (const secret of [home(2).name, home(2).address, home(2).phone]) {
    assert.equal(JSON.stringify(masked.heard).includes(secret), false, secret);
  }
  masked.close();
});

inside('what was missed is told after a break, or that too much was missed', async ({ rig, visitors }) => {
  const before = await Events.open(visitors.worker);
  const { id } = await rig.smoke(4);
  const last = await before.next('the alarm', isOf(id));
  before.close();
  const missed = await rig.smoke(5);
  const again = await Events.open(visitors.worker, { 'Last-Event-ID': last.id });
  await again.next('what was missed', isOf(missed.id));
  assert.equal(again.heard.some((event) => event.name === 'reset'), false);
  assert.equal(again.heard.some(isOf(id)), false, 'told twice');
  const ids = again.heard.filter((event) => event.id && event.name !== 'hello').map((event) => BigInt(event.id));
  assert.ok(ids.every((one, index) => index === 0 || one > ids[index - 1]), 'ids grow');
  again.close();
  for (const nonsense of ['99999999999999999999', 'x', '-1']) {
    const lost = await Events.open(visitors.worker, { 'Last-Event-ID': nonsense });
    await lost.next('that everything is to be loaded anew', (event) => event.name === 'reset');
    lost.close();
  }
});

inside('a stream ends with its session', async ({ rig }) => {
  const visitor = await login(rig.url, 'second');
  const events = await Events.open(visitor);
  await events.next('a greeting', (event) => event.name === 'hello');
  assert.equal((await visitor.delete('/session')).status, 204);
  await eventually('the end', () => events.over);
  assert.equal((await Events.open(visitor)).status, 401);
});
