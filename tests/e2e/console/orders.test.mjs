// What a console orders is done once, and the same identifier never says two things.
import assert from 'node:assert/strict';

import { inWorld } from './lib/world.mjs';

const inside = inWorld({ here: 6, there: 1 });

inside('an identifier used for something else is a conflict, and nothing is done', async ({ rig, visitors }) => {
  const { id } = await rig.smoke(2);
  const path = `/alerts/${id}/commands`;
  const order = { command_id: 'one-for-all', verb: 'en_route' };
  const first = await visitors.worker.post(path, order);
  assert.equal(first.status, 200, first.text);
  const again = await visitors.worker.post(path, { verb: 'en_route', command_id: 'one-for-all' });
  assert.equal(again.status, 200, again.text);
  assert.equal(JSON.parse(again.text).repeated, true);
  const other = await visitors.worker.post(path,
    { command_id: 'one-for-all', verb: 'close', reason: 'cooking_steam', note: 'forged' });
  assert.equal(other.status, 409, other.text);
  assert.equal(JSON.parse(other.text).code, 'command_id_reused');
  assert.equal((await rig.alert(id)).state, 'en_route');
});

inside('an order without an identifier is refused', async ({ rig, visitors }) => {
  const { id } = await rig.smoke(3);
  for (const command_id of [undefined, '', ' ', 'a'.repeat(65), 'a\u0000b', '编号']) {
    const answer = await visitors.worker.post(`/alerts/${id}/commands`, { command_id, verb: 'acknowledge' });
    assert.equal(answer.status, 400, answer.text);
  }
  assert.equal((await rig.alert(id)).state, 'open');
});

inside('a contact with too long a note, or with control characters, is refused by name', async ({ visitors }) => {
  const contact = { resident: 'R2', kind: 'call', outcome: 'well', seconds: 60 };
  for (const [number, note] of ['x'.repeat(2001), 'a\u001b[2J', 'a\u0000b'].entries()) {
    const answer = await visitors.worker.post('/contacts', { ...contact, command_id: `long-${number}`, note });
    assert.equal(answer.status, 400, answer.text);
    assert.equal(JSON.parse(answer.text).errors[0].where, 'note');
  }
});

inside('lists go on behind what was seen', async ({ visitors }) => {
  for (const list of ['/residents', '/devices']) {
    const who = list === '/devices' ? visitors.operator : visitors.lead;
    const all = JSON.parse((await who.get(list)).text);
    const seen = [];
    for (let next = ''; next !== null;) {
      const part = JSON.parse((await who.get(`${list}?limit=2${next && `&cursor=${next}`}`)).text);
      seen.push(...part.items.map((one) => one.id));
      assert.equal(part.total, all.items.length);
      next = part.next;
    }
    assert.deepEqual(seen, all.items.map((one) => one.id));
    assert.equal((await who.get(`${list}?cursor=17`)).status, 400);
  }
});

inside('devices that were never heard are told apart, and can be asked for', async ({ visitors }) => {
  const bad = JSON.parse((await visitors.operator.get('/devices?health=bad')).text);
  assert.ok(bad.items.length > 0);
  for (const device of bad.items) assert.notEqual(device.health, 'ok');
  assert.ok(bad.items.some((device) => device.health === 'never_heard' && device.last_heard === null));
});
