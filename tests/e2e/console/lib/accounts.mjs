// The accounts of a gateway, made the way people make them: the first by the code on the box, the
// others by that operator. Each role once, and a worker and a lead of the other community.
import assert from 'node:assert/strict';

import { people } from './directory.mjs';
import { Visitor } from './visitor.mjs';

export const passwords = (name) => `${name}-的口令-2026`;

const accounts = [
  { name: 'worker', shown: people.worker.name, role: 'worker', scope: ['C1'], worker: 'W1' },
  { name: 'second', shown: people.second.name, role: 'worker', scope: ['C1'], worker: 'W2' },
  { name: 'lead', shown: people.lead.name, role: 'lead', scope: ['C1'], worker: 'L1' },
  { name: 'supervisor', shown: '人和街道', role: 'supervisor', scope: ['人和街道'] },
  { name: 'auditor', shown: '审计', role: 'auditor', scope: ['*'] },
  { name: 'elsewhere', shown: people.elsewhere.name, role: 'worker', scope: ['C2'], worker: 'W3' },
];

/** A new session of an account; a password that somebody else chose is changed first. */
export async function login(url, name) {
  const visitor = new Visitor(url);
  const final = `${passwords(name)}!`;
  const first = await visitor.post('/session', { name, password: final });
  if (first.status === 200) return visitor;
  await visitor.login(name, passwords(name));
  await visitor.must('POST', '/session/password', { old: passwords(name), new: final });
  await visitor.get('/session');
  return visitor;
}

/** Visitors by the name of their account, each with a session: operator, worker, lead … */
export async function makeAccounts(rig) {
  const operator = new Visitor(rig.url);
  const code = rig.setupCode();
  assert.ok(code, 'the first start leaves a code on the box');
  await operator.must('POST', '/setup', { code, name: 'operator', password: `${passwords('operator')}!` });
  const out = { operator };
  for (const account of accounts) {
    await operator.must('POST', '/accounts', { ...account, password: passwords(account.name) });
    out[account.name] = await login(rig.url, account.name);
  }
  return out;
}
