// The day's rounds on a phone, with and without a network: what is recorded counts, and counts once.
import assert from 'node:assert/strict';

import { cardOf, logIn, openPage } from './lib/browser.mjs';
import { home } from './lib/directory.mjs';
import { eventually } from './lib/wait.mjs';
import { inWorld } from './lib/world.mjs';

const inside = inWorld({ here: 12, there: 1 }, { pages: true });
const offline = /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_FAILED|Failed to fetch/;

const isOpen = (task) => ['planned', 'assigned', 'accepted', 'in_progress'].includes(task.state);

/** Open tasks of a kind that W1 has today. */
async function tasksToday(rig, kind, count) {
  const today = (await rig.control('status')).now.slice(0, 10);
  const { communities } = await rig.control('rounds', 'week');
  const found = communities.find((one) => one.community === 'C1').tasks.filter((task) =>
    task.date === today && task.worker === 'W1' && task.kind === kind && isOpen(task));
  assert.ok(found.length >= count, `${found.length} tasks of kind ${kind}`);
  return found;
}

const contactsOf = async (rig, resident) =>
  (await rig.control('contact', 'list', resident)).contacts;
const nameOf = (task) => home(Number(task.resident.slice(1))).name;

async function recordCall(page, task) {
  const card = cardOf(page, nameOf(task)).filter({ hasText: '电话' }).first();
  await card.getByRole('button', { name: '登记结果' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: '平安', exact: true }).click();
  // It was not dialled here, so how long it was has to be said.
  await sheet.getByLabel('用时（分钟）').fill('2');
  await sheet.getByRole('button', { name: '登记', exact: true }).click();
}

inside('calls recorded without a network are sent when it is back, each once', async ({ rig, browser }) => {
  const [one, other] = await tasksToday(rig, 'phone_call', 2);
  const { page, context, faults, close } = await openPage(browser, rig, { expects: [offline], at: '/#/rounds' });
  await logIn(page, 'worker');
  await page.goto(`${rig.url}/#/rounds`);
  await cardOf(page, nameOf(one)).first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await context.setOffline(true);
  await page.reload();  // opened anew in a cellar
  await page.getByText('现在没有网络').first().waitFor();
  await recordCall(page, one);
  await page.getByText(/1 条登记还没上传/).first().waitFor();
  await recordCall(page, other);
  await page.getByText(/2 条登记还没上传/).first().waitFor();
  assert.deepEqual(await contactsOf(rig, one.resident), []);

  await context.setOffline(false);
  for (const task of [one, other]) {
    await eventually('the call is known', async () => (await contactsOf(rig, task.resident)).length > 0);
  }
  await page.getByText(/条登记还没上传/).first().waitFor({ state: 'hidden' });
  for (const task of [one, other]) {
    const [contact, ...more] = await contactsOf(rig, task.resident);
    assert.deepEqual(more, [], 'recorded twice');
    assert.equal(contact.outcome, 'well');
    assert.match(contact.actor, /worker:W1$/);
  }
  assert.deepEqual(faults, []);
  await close();
});

inside('a call whose answer was lost on the way is sent again and counts once', async ({ rig, browser }) => {
  const [task] = await tasksToday(rig, 'phone_call', 1);
  const before = (await contactsOf(rig, task.resident)).length;
  const { page, faults, close } = await openPage(browser, rig, {
    expects: [offline], serviceWorkers: 'block', at: '/#/rounds' });
  let asked = 0;
  const ids = new Set();
  await page.route('**/api/v1/contacts', async (route) => {
    asked += 1;
    ids.add(route.request().postDataJSON().command_id);
    if (asked > 1) return route.continue();
    await route.fetch();  // the gateway has it, and nobody hears so
    return route.abort('connectionreset');
  });
  await logIn(page, 'worker');
  await page.goto(`${rig.url}/#/rounds`);
  await recordCall(page, task);
  await page.getByText(/1 条登记还没上传/).first().waitFor();
  const send = page.getByRole('button', { name: '现在上传' });
  await eventually('it is sent again', async () => {
    // It sends by itself too, and then there is nothing to press any more.
    if (asked < 2 && await send.isVisible()) await send.click({ timeout: 2000 }).catch(() => {});
    return asked >= 2;
  });
  await page.getByText(/条登记还没上传/).first().waitFor({ state: 'hidden' });
  assert.equal(ids.size, 1, 'under the same name');
  assert.equal((await contactsOf(rig, task.resident)).length, before + 1);
  assert.deepEqual(faults.filter((one) => !/ERR_CONNECTION_RESET/.test(one)), []);
  await close();
});

inside('a visit where all is well is one tap behind its task, and its form is complete', async ({ rig, browser }) => {
  const [task] = await tasksToday(rig, 'home_visit', 1);
  const { page, faults, close } = await openPage(browser, rig, { at: '/#/rounds' });
  await logIn(page, 'worker');
  await page.goto(`${rig.url}/#/rounds`);
  const card = cardOf(page, nameOf(task)).filter({ hasText: '上门' }).first();
  await card.getByRole('button', { name: '登记结果' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '平安，各项正常' }).click();
  const contact = await eventually('the visit is known', async () =>
    (await contactsOf(rig, task.resident)).find((one) => one.task === task.id));
  assert.equal(contact.form.complete, true);
  assert.equal(contact.counts, true, contact.why_not);
  assert.equal(contact.seconds, null, 'nobody tapped when it began: a length was made up');
  assert.deepEqual(faults, []);
  await close();
});

inside('the same record sent twice by a program is answered the same and kept once', async ({ rig, visitors }) => {
  const body = { command_id: 'same-record', resident: 'R2', kind: 'call', outcome: 'well', seconds: 90, note: '' };
  const before = (await contactsOf(rig, 'R2')).length;
  const first = await visitors.worker.must('POST', '/contacts', body);
  const second = await visitors.worker.must('POST', '/contacts', body);
  assert.equal(first.status, 'applied');
  assert.ok(['applied', 'already'].includes(second.status));
  assert.equal((await contactsOf(rig, 'R2')).length, before + 1);
  // Another's command of the same name is another command.
  const other = await visitors.second.must('POST', '/contacts', { ...body, resident: 'R6' });
  assert.equal(other.status, 'applied');
  assert.equal((await contactsOf(rig, 'R6')).length, 1);
});
