// What the gateway answers is what docs/protocol/console.yaml says, for every role.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { broken, contract, misfit, operations, shapes } from './lib/contract.mjs';
import { people } from './lib/directory.mjs';
import { samples, sessionOnly } from './lib/samples.mjs';
import { Visitor } from './lib/visitor.mjs';
import { inWorld, nothing } from './lib/world.mjs';

const roles = ['worker', 'lead', 'supervisor', 'operator', 'auditor'];
const inside = inWorld({ spare: true });

test('every reference of the contract leads somewhere', () => {
  const references = new Set();
  JSON.stringify(contract, (key, value) => {
    if (key === '$ref' && !value.startsWith('#')) references.add(value);
    return value;
  });
  for (const reference of references) misfit(reference, {});  // throws for what there is not
  assert.ok(references.size > 20 && shapes.length > 5);
});

test('the contract and the samples name the same operations', () => {
  const known = operations.map(({ method, path }) => `${method} ${path}`).sort();
  assert.deepEqual([...Object.keys(samples({})), ...sessionOnly].sort(), known);
});

inside('every answer is as the contract says, and each role may what it may', async (world) => {
  const { rig, visitors } = world;
  const wrong = [];
  const facts = { alert: await rig.smoke(1), task: await oneTask(rig) };
  for (const role of roles) {
    const calls = samples(facts);
    for (const one of operations) {
      const sample = calls[`${one.method} ${one.path}`];
      if (!sample) continue;
      const path = one.path.replace('{id}', encodeURIComponent(sample.id ?? '')) + (sample.query ?? '');
      const body = sample.body?.(role);
      const answer = await visitors[role].ask(one.method, path, body);
      const said = broken(one, answer);
      if (said) wrong.push(`${role}: ${said}`);
      const may = one.roles.includes(role);
      const refused = answer.status === 403 && answer.json?.code === 'not_allowed';
      if (may !== !refused) wrong.push(`${role} ${one.method} ${one.path}: ${answer.status} ${answer.text}`);
      if (may && answer.status >= 400 && !sample.mayFail) {
        wrong.push(`${role} ${one.method} ${one.path}: ${answer.status} ${answer.text}`);
      }
    }
  }
  nothing(wrong);
});

inside('every request without a session is refused the same way', async ({ rig }) => {
  const nobody = new Visitor(rig.url);
  const calls = samples({ alert: { id: 'H1-1' }, task: { id: 'C1:1' } });
  for (const one of operations.filter(({ roles: some }) => some)) {
    const sample = calls[`${one.method} ${one.path}`] ?? {};
    const path = one.path.replace('{id}', encodeURIComponent(sample.id ?? 'x')) + (sample.query ?? '');
    const answer = await nobody.ask(one.method, path, sample.body?.('worker'));
    assert.equal(answer.status, 401, `${one.method} ${one.path}: ${answer.text}`);
    assert.equal(answer.json.code, 'no_session');
    assert.equal(misfit('console/common.yaml#/$defs/Problem', answer.json), '');
  }
});

inside('what has not changed is not sent again', async ({ visitors }) => {
  for (const path of ['/alerts', '/residents', '/rounds/week', '/reports?period=2026-W10']) {
    const first = await visitors.lead.get(path);
    assert.match(first.headers.etag ?? '', /^"[^"]+"$/, path);
    const second = await visitors.lead.get(path, { 'If-None-Match': first.headers.etag });
    assert.equal(second.status, 304, path);
    assert.equal(second.text, '');
    const other = await visitors.lead.get(path, { 'If-None-Match': '"another"' });
    assert.equal(other.status, 200, path);
  }
});

inside('pages of a list hold each element once', async ({ visitors }) => {
  const whole = (await visitors.lead.must('GET', '/residents?limit=500')).items.map((one) => one.id);
  const some = [];
  let cursor = '';
  do {
    const page = await visitors.lead.must('GET', `/residents?limit=2${cursor}`);
    assert.ok(page.items.length <= 2);
    some.push(...page.items.map((one) => one.id));
    cursor = page.next && `&cursor=${encodeURIComponent(page.next)}`;
  } while (cursor);
  assert.deepEqual(some, whole);
  for (const bad of ['limit=0', 'limit=501', 'limit=x', 'cursor=..%2f']) {
    const answer = await visitors.lead.get(`/residents?${bad}`);
    assert.equal(answer.status, 400, bad);
  }
});

inside('the routes of the server and the contract are the same', async ({ visitors }) => {
  const { routes } = await visitors.operator.must('GET', '/routes');
  const served = routes.map(({ method, path }) => `${method} ${path}`).sort();
  const told = operations.map(({ method, path }) => `${method} /api/v1${path}`).sort();
  assert.deepEqual(served, told);
});

inside('a resident\'s own worker is shown by name', async ({ visitors }) => {
  const { policy } = await visitors.supervisor.must('GET', '/residents/R3');
  const { value, shown } = policy.find(({ key }) => key === 'care.worker');
  assert.deepEqual({ value, shown }, { value: people.worker.id, shown: people.worker.name });
});

inside('death ends the rounds without a last day, and nothing else does', async ({ visitors }) => {
  const suspend = (more) => visitors.supervisor.post('/residents/R3/suspensions', {
    command_id: randomUUID(), from: '2026-03-03', said_by: '女儿李梅', approver: '周敏', note: '', ...more });
  for (const to of [null, undefined]) {
    const refused = await suspend({ reason: 'away', to });
    assert.equal(refused.status, 400, refused.text);
  }
  const known = async () => (await visitors.supervisor.must('GET', '/residents/R3')).suspension;
  assert.equal(await known(), null);
  const answer = await suspend({ reason: 'deceased', to: null });
  assert.equal(answer.json?.status, 'applied', answer.text);
  const { reason, to } = await known();
  assert.deepEqual({ reason, to }, { reason: 'deceased', to: null });
  assert.equal((await visitors.supervisor.delete('/residents/R3/suspension')).json?.status, 'applied');
  assert.equal((await suspend({ reason: 'deceased' })).json?.status, 'applied', 'left out is the same');
});

async function oneTask(rig) {
  const week = await rig.control('rounds', 'week');
  const { tasks } = week.communities.find((one) => one.community === 'C1');
  return tasks.find((one) => one.worker === 'W1' && one.date === '2026-03-05');
}
