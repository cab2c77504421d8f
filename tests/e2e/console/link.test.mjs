// A link that lets somebody in once, made on the box for whoever forgot the password.
import assert from 'node:assert/strict';

import { openPage } from './lib/browser.mjs';
import { Visitor } from './lib/visitor.mjs';
import { inWorld } from './lib/world.mjs';

const inside = inWorld({}, { pages: true });
const tokenOf = (url) => url.slice(url.lastIndexOf('/') + 1);
const linkFor = async (rig, name) => {
  const made = await rig.control('console', 'login', name);
  assert.ok(made.url.startsWith(`${rig.url}/#/`), made.url);
  return made.url;
};
const enter = (rig, url) => new Visitor(rig.url).post('/session/once', { token: tokenOf(url) });

inside('a login link opens the console once, on the page it leads to', async ({ rig, browser, visitors }) => {
  const url = await linkFor(rig, 'auditor');
  const desk = await openPage(browser, rig, { at: url.slice(rig.url.length) });
  assert.equal((await desk.page.context().cookies()).length, 0, 'a preview of the link uses it up');
  await desk.page.getByRole('button', { name: '进入' }).click();
  await desk.page.getByRole('button', { name: '进入' }).waitFor({ state: 'detached' });
  const cookies = await desk.page.context().cookies();
  assert.equal(cookies.length, 1, 'whoever presses the button has a session');
  assert.equal(cookies[0].httpOnly, true);

  const late = await openPage(browser, rig, { at: url.slice(rig.url.length),
    expects: [/status of 401 .*once/] });
  await late.page.getByRole('button', { name: '进入' }).click();
  await late.page.getByRole('alert').filter({ hasText: '已用过' }).waitFor();
  assert.equal((await late.page.context().cookies()).length, 0);
  for (const one of [desk, late]) {
    assert.deepEqual(one.faults, []);
    await one.close();
  }
  const rows = (await visitors.auditor.must('GET', '/audit?limit=20')).items;
  for (const action of ['login_link', 'login_once']) {
    assert.ok(rows.some((row) => row.action === action), `${action} is in the audit`);
  }
});

inside('a newer link makes the older one void, and a disabled account none that lets in', async ({ rig, visitors }) => {
  const older = await linkFor(rig, 'second');
  const newer = await linkFor(rig, 'second');
  const refused = await enter(rig, older);
  assert.equal(refused.status, 401);
  assert.equal(refused.json.code, 'wrong_code');
  assert.equal((await enter(rig, newer)).status, 200);

  const last = await linkFor(rig, 'second');
  const { items } = await visitors.operator.must('GET', '/accounts');
  const { id } = items.find((one) => one.name === 'second');
  await visitors.operator.must('PATCH', `/accounts/${id}`, { disabled: true });
  assert.ok((await enter(rig, last)).status >= 400, 'a link outlives the account');
  await assert.rejects(rig.control('console', 'login', 'second'), /disabled/);
});
