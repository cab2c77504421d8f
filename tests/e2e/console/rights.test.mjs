// Who sees and may do what: roles, areas, and what is written down of it.
import assert from 'node:assert/strict';

import { invite, passwords } from './lib/accounts.mjs';
import { home } from './lib/directory.mjs';
import { inWorld } from './lib/world.mjs';
import { Visitor } from './lib/visitor.mjs';
import { eventually } from './lib/wait.mjs';

const inside = inWorld();
const planOf = async (rig) => (await rig.control('rounds', 'week')).communities[0];
const command = (verb, more = {}) => ({ command_id: `${verb}-${Math.random()}`, verb, ...more });

inside('another community does not exist: nothing tells it from what there is not', async ({ rig, visitors }) => {
  const alert = await rig.smoke(1);
  const task = (await planOf(rig)).tasks[0];
  const pairs = [
    ['GET', '/alerts/{}', alert.id], ['GET', '/residents/{}', 'R1'], ['GET', '/residents/{}/day', 'R1'],
    ['GET', '/residents/{}/contacts', 'R1'], ['GET', '/residents/{}/history', 'R1'],
    ['POST', '/alerts/{}/commands', alert.id, command('acknowledge')],
    ['POST', '/rounds/tasks/{}/commands', task.id, command('accept')],
    ['POST', '/contacts', '', { command_id: 'x1', resident: 'R1', kind: 'call', outcome: 'well', seconds: 60 }],
  ];
  for (const [method, path, id, body] of pairs) {
    const at = (name) => path.replace('{}', encodeURIComponent(name));
    const hidden = await visitors.elsewhere.ask(method, at(id), body);
    const nothing = await visitors.elsewhere.ask(method, at(id.replace(/\d/, '9') || 'none'),
      body?.resident ? { ...body, resident: 'R77777' } : body);
    assert.equal(hidden.status, 404, `${method} ${path}: ${hidden.text}`);
    assert.deepEqual(hidden.json, nothing.json, `${method} ${path}`);
  }
  assert.equal((await rig.alert(alert.id)).state, 'open', 'nothing was done');
  for (const path of ['/alerts?state=all', '/residents', '/rounds/week', '/reports?period=2026-W10',
    '/residents?q=R1', '/alerts?state=all&community=C1', '/rounds/week?community=C1']) {
    const { text } = await visitors.elsewhere.get(path);
    for (const secret of [home(1).name, home(1).address, alert.id, '金开社区']) {
      assert.equal(text.includes(secret), false, `${path} tells ${secret}`);
    }
  }
});

inside('an operator hears of the sensors of its own streets alone', async ({ rig, visitors }) => {
  await rig.pass(3 * 24 * 60);  // nobody's sensor has said anything
  const all = await eventually('sensors are missed', async () => {
    const { devices } = await visitors.operator.must('GET', '/health');
    return devices.some((one) => one.household === 'H901') && devices;
  });
  assert.ok(all.some((one) => one.household === 'H1'), 'of both communities');
  const { visitor: near } = await invite(visitors.operator, { name: 'near', shown: '运维', role: 'operator',
    scope: ['C2'] });
  const { devices, devices_total: total } = await near.must('GET', '/health');
  assert.ok(devices.length > 0);
  assert.equal(total, devices.length);
  for (const one of devices) assert.ok(Number(one.household.slice(1)) > 900, one.household);
});

inside('operators and auditors see people masked, and cannot look for what is masked', async ({ rig, visitors }) => {
  const alert = await rig.smoke(2);
  const { name, address, phone } = home(2);
  for (const who of ['operator', 'auditor']) {
    for (const path of [`/alerts/${alert.id}`, '/alerts?state=all', '/residents', '/residents/R2',
      '/residents/R2/day', '/residents/R2/history']) {
      const { text, status } = await visitors[who].get(path);
      assert.equal(status, 200, `${who} ${path}: ${text}`);
      for (const secret of [name, address, phone, '13900000003', '李梅']) {
        assert.equal(text.includes(secret), false, `${who} reads ${secret} at ${path}`);
      }
    }
    const found = await visitors[who].get(`/residents?q=${encodeURIComponent(name)}`);
    assert.deepEqual(found.json.items, []);
  }
});

inside('a worker does not plan, an auditor changes nothing, an operator takes no fire alarm', async ({ rig, visitors }) => {
  const alert = await rig.smoke(4);
  for (const who of ['operator', 'auditor']) {
    const answer = await visitors[who].post(`/alerts/${alert.id}/commands`, command('acknowledge'));
    assert.equal(answer.status, 403);
    assert.equal(answer.json.code, 'not_allowed');
  }
  const review = await visitors.worker.post(`/alerts/${alert.id}/commands`, command('review'));
  assert.equal(review.status, 403);
  const task = (await planOf(rig)).tasks.find((one) => one.worker === 'W1');
  for (const body of [command('hand_to', { worker: 'W2' }), command('cancel', { note: 'x' })]) {
    assert.equal((await visitors.worker.post(`/rounds/tasks/${encodeURIComponent(task.id)}/commands`, body)).status, 403);
  }
  const others = await visitors.second.post(`/rounds/tasks/${encodeURIComponent(task.id)}/commands`, command('accept'));
  assert.equal(others.status, 403, 'the task of a colleague');
  const forged = await visitors.worker.post('/contacts', { command_id: 'f1', resident: 'R1', kind: 'call',
    outcome: 'well', seconds: 60, worker: 'W2' });
  assert.equal(forged.status, 403, 'in the name of a colleague');
  assert.equal((await rig.alert(alert.id)).state, 'open');
});

inside('the ledger names the account, whatever the request says', async ({ rig, visitors }) => {
  const alert = await rig.smoke(5);
  await visitors.worker.must('POST', `/alerts/${alert.id}/commands`,
    { ...command('acknowledge'), actor: 'console:worker:W2', owner: 'worker:W2' });
  assert.match((await rig.alert(alert.id)).owner, /worker:W1$/);
});

inside('a lead makes workers of its own area and nothing else', async ({ visitors }) => {
  const base = { shown: '新同事' };
  const refused = [
    { ...base, name: 'up', role: 'operator', scope: ['C1'] },
    { ...base, name: 'wide', role: 'worker', scope: ['*'] },
    { ...base, name: 'far', role: 'worker', scope: ['C2'] },
    { ...base, name: 'nowhere', role: 'worker', scope: [] },
    { ...base, name: 'other', role: 'worker', scope: ['C1'], worker: 'W3' },
    { ...base, name: 'nobody', role: 'worker', scope: ['C1'], worker: 'NOPE' },
    { ...base, name: 'twice', role: 'worker', scope: ['C1'], worker: 'W2' },
  ];
  for (const account of refused) {
    const answer = await visitors.lead.post('/accounts', account);
    assert.ok([400, 403, 404, 409].includes(answer.status), `${account.name}: ${answer.status} ${answer.text}`);
  }
  const made = await visitors.lead.must('POST', '/accounts', { ...base, name: 'fresh', role: 'worker', scope: ['C1'] });
  for (const change of [{ role: 'supervisor' }, { scope: ['*'] }]) {
    const answer = await visitors.lead.patch(`/accounts/${made.id}`, change);
    assert.ok([400, 403, 404].includes(answer.status), `${JSON.stringify(change)}: ${answer.status}`);
  }
  const names = (await visitors.lead.must('GET', '/accounts')).items.map((one) => one.name);
  assert.equal(names.includes('operator'), false);
  assert.equal(names.includes('elsewhere'), false);
});

inside('a disabled account is out at once', async ({ rig, visitors }) => {
  const { account, visitor: gone } = await invite(visitors.operator, { name: 'leaver', shown: '离岗',
    role: 'worker', scope: ['C1'] });
  assert.equal((await gone.get('/alerts')).status, 200);
  await visitors.operator.must('PATCH', `/accounts/${account.id}`, { disabled: true });
  assert.equal((await gone.get('/alerts')).status, 401);
  const again = await new Visitor(rig.url).post('/session', { name: 'leaver', password: passwords('leaver') });
  assert.equal(again.status, 401);
});

inside('whose data was looked at and what was refused is written down', async ({ visitors }) => {
  await visitors.worker.must('GET', '/residents/R1');
  await visitors.worker.get('/audit');
  const rows = (await visitors.auditor.must('GET', '/audit?limit=500')).items;
  const of = (name) => rows.filter((row) => row.name === name);
  assert.ok(of('worker').some((row) => row.subject === 'resident:R1'), 'a look at a resident');
  assert.ok(rows.every((row, index) => index === 0 || BigInt(row.id) < BigInt(rows[index - 1].id)), 'newest first');
  assert.ok(rows.every((row) => !JSON.stringify(row).includes('口令')), 'no password is written down');
  const some = (await visitors.auditor.must('GET', '/audit?subject=resident:R1&limit=500')).items;
  assert.ok(some.length > 0 && some.every((row) => row.subject === 'resident:R1'));
  const own = (await visitors.operator.must('GET', '/audit?limit=500')).items;
  assert.ok(own.length > 0 && own.every((row) => row.name === 'operator'), 'an operator sees their own');
});

inside('nobody gives themselves what they may see, and the audit says what was changed', async ({ visitors }) => {
  const { operator, auditor } = visitors;
  const me = (await operator.must('GET', '/session')).account;
  for (const change of [{ role: 'supervisor' }, { scope: ['C1'] }, { worker: 'W1' }]) {
    const answer = await operator.patch(`/accounts/${me.id}`, change);
    assert.equal(answer.status, 403, `${JSON.stringify(change)}: ${answer.text}`);
  }
  const made = await operator.must('POST', '/accounts', { name: 'mover', role: 'auditor', scope: ['C2'] });
  const hidden = await operator.patch(`/accounts/${made.id}`, { reset: false, role: 'supervisor' });
  assert.equal(hidden.status, 400, hidden.text);
  assert.equal((await operator.patch(`/accounts/${made.id}`, { reset: true, scope: ['*'] })).status, 400);
  await operator.must('PATCH', `/accounts/${made.id}`, { role: 'supervisor', scope: ['C1'] });
  await operator.must('PATCH', `/accounts/${made.id}`, { reset: true });
  const rows = (await auditor.must('GET', `/audit?subject=account:${made.id}`)).items;
  const of = (action) => JSON.parse(rows.find((row) => row.action === action).detail || '{}');
  assert.deepEqual(of('account_added').scope, ['C2']);
  assert.deepEqual(of('account_changed').role, ['auditor', 'supervisor']);
  assert.deepEqual(of('account_changed').scope, [['C2'], ['C1']]);
  assert.equal(of('sight_given').role, 'supervisor');
  assert.ok(rows.some((row) => row.action === 'account_reset'));
});

inside('who sees a part of the homes reads neither the audit nor the box as a whole', async ({ visitors }) => {
  const { visitor: watcher } = await invite(visitors.operator, { name: 'part-auditor', role: 'auditor', scope: ['C2'] });
  await visitors.worker.must('GET', '/residents/R1');
  const rows = (await watcher.must('GET', '/audit?limit=500')).items;
  assert.ok(rows.length > 0 && rows.every((row) => row.name === 'part-auditor'), JSON.stringify(rows));
  const { visitor: keeper } = await invite(visitors.operator, { name: 'part-operator', role: 'operator', scope: ['C2'] });
  for (const path of ['/config', '/rejected', '/devices/proposals']) {
    assert.equal((await keeper.get(path)).status, 403, path);
  }
  for (const path of ['/devices/accept', '/devices/ignore']) {
    const answer = await keeper.post(path, { driver: 'zigbee2mqtt', address: home(1).topic.split('/')[1] });
    assert.equal(answer.status, 403, path);
    assert.equal(answer.text.includes('H1'), false);
  }
});

inside('the audit is read by the name of an account', async ({ visitors }) => {
  await visitors.worker.must('GET', '/residents/R2');
  const rows = (await visitors.auditor.must('GET', '/audit?account=Worker&limit=500')).items;
  assert.ok(rows.length > 0 && rows.every((row) => row.name === 'worker'));
  assert.equal((await visitors.auditor.get('/audit?account=nobody-of-this-name')).json.code, 'no_such_account');
});

inside('an open stream ends with what the account may see, and says why', async ({ rig, visitors }) => {
  const { Events } = await import('./lib/events.mjs');
  const { account, visitor } = await invite(visitors.operator, { name: 'listener', role: 'worker', scope: ['*'] });
  const stream = await Events.open(visitor);
  await stream.next('a greeting', (event) => event.name === 'hello');
  await visitors.operator.must('PATCH', `/accounts/${account.id}`, { role: 'auditor', scope: ['C2'] });
  const last = await stream.next('why', (event) => event.name === 'bye');
  assert.equal(last.data.reason, 'account_changed');
  const alert = await rig.smoke(6);
  assert.equal(stream.heard.some((event) => event.data.id === alert.id), false);
  assert.equal((await visitor.get('/alerts')).status, 401);
});
