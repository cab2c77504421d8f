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

/** A new session of an account. */
export async function login(url, name) {
  const visitor = new Visitor(url);
  await visitor.login(name, passwords(name));
  return visitor;
}

/** What an operator does and what the invited person does then: {account, visitor}. */
export async function invite(operator, account) {
  const made = await operator.must('POST', '/accounts', account);
  const visitor = new Visitor(operator.url);
  await visitor.must('POST', '/session/once', { token: made.invitation });
  await visitor.must('POST', '/session/password', { old: null, new: passwords(account.name) });
  return { account: made, visitor };
}

/** Visitors by the name of their account, each with a session: operator, worker, lead … */
export async function makeAccounts(rig) {
  const operator = new Visitor(rig.url);
  const code = rig.setupCode();
  assert.ok(code, 'the first start leaves a code on the box');
  await operator.must('POST', '/setup', { code, name: 'operator', password: passwords('operator') });
  const out = { operator };
  for (const account of accounts) {
    out[account.name] = (await invite(operator, account)).visitor;
  }
  return out;
}
