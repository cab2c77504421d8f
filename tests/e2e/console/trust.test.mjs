// Whether what an open page shows is so: lists that come late, a gateway that does not answer, the end
// of a session, and an alarm that rings over an open sheet.
import assert from 'node:assert/strict';

import { login } from './lib/accounts.mjs';
import { cardOf, logIn, openPage } from './lib/browser.mjs';
import { home } from './lib/directory.mjs';
import { eventually } from './lib/wait.mjs';
import { inWorld } from './lib/world.mjs';

const inside = inWorld({ here: 8, there: 1 }, { pages: true });
const unanswered = /ERR_|Failed to fetch|status of 401/;

inside('an alarm stays on the page when a list from before it comes after it', async ({ rig, browser }) => {
  const { page, faults, close } = await openPage(browser, rig, { serviceWorkers: 'block' });
  await logIn(page, 'worker');
  await page.getByText('没有待签收的警情').waitFor();
  let let_go;
  const held = new Promise((resolve) => { let_go = resolve; });
  let lists = 0;
  await page.route('**/api/v1/alerts?*', async (route) => {
    lists += 1;
    if (lists > 1) return route.continue();
    const before = await route.fetch();
    await held;
    return route.fulfill({ response: before });
  });
  // Acting on an alert asks for the list, and the next alarm comes before the answer does.
  const taken = await rig.smoke(1);
  await cardOf(page, home(1).name).getByRole('button', { name: '我来处理' }).click();
  await eventually('the list was asked for', () => lists > 0);
  const { id } = await rig.smoke(2);
  const card = page.locator(`a[href$="/alerts/${id}"]`).first();
  await card.waitFor({ state: 'attached' });
  const answered = page.waitForResponse(/\/alerts\?/);
  let_go();
  await answered;
  await page.goto(`${rig.url}/#/alerts`);
  await page.getByText('1 条待签收').waitFor();
  assert.equal(await card.isVisible(), true);
  assert.equal((await rig.alert(taken.id)).state, 'acknowledged');
  assert.deepEqual(faults, []);
  await close();
});

inside('a gateway that falls silent is told of, with the time of its last word', async ({ rig, browser }) => {
  const { page, close } = await openPage(browser, rig, { expects: [unanswered] });
  await logIn(page, 'second');
  await page.getByRole('main').getByText(/待签收/).first().waitFor();
  process.kill(rig.daemon.pid, 'SIGSTOP');
  try {
    await page.getByText(/以下是 \d\d:\d\d 的情况/).waitFor();
  } finally {
    process.kill(rig.daemon.pid, 'SIGCONT');
  }
  await page.getByText(/以下是 \d\d:\d\d 的情况/).waitFor({ state: 'hidden' });
  await close();
});

inside('a page that was never told anything does not say that nobody waits', async ({ rig, browser }) => {
  const { page, context, close } = await openPage(browser, rig, { expects: [unanswered] });
  await logIn(page, 'worker');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await context.setOffline(true);
  await page.reload();
  await page.getByText('还没读到警情').waitFor();
  await page.getByText('现在没有网络').waitFor();
  assert.equal(await page.getByText('没有待签收的警情').count(), 0);
  await close();
});

inside('an alarm can be silenced over a sheet, and the sheet gives the focus back', async ({ rig, browser }) => {
  const { page, faults, close } = await openPage(browser, rig, { at: '/#/rounds' });
  await logIn(page, 'worker');
  await page.goto(`${rig.url}/#/rounds`);
  const opener = page.getByRole('button', { name: '登记结果' }).first();
  await opener.click();
  const sheet = page.getByRole('dialog');
  await rig.smoke(3);
  await sheet.getByRole('button', { name: '停止响铃' }).click();
  await sheet.getByRole('button', { name: '停止响铃' }).waitFor({ state: 'hidden' });
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.activeElement?.textContent?.trim()), '登记结果');
  assert.deepEqual(faults, []);
  await close();
});

inside('a session that ends while its page is open is said so, and leaves nothing behind', async ({ rig, browser }) => {
  const { page, context, close } = await openPage(browser, rig, { expects: [unanswered], at: '/#/rounds' });
  await logIn(page, 'worker');
  await page.goto(`${rig.url}/#/rounds`);
  await page.getByRole('button', { name: '登记结果' }).first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  const operator = await login(rig.url, 'operator');
  const { items } = await operator.must('GET', '/accounts');
  const { id } = items.find((one) => one.name === 'worker');
  await operator.must('PATCH', `/accounts/${id}`, { disabled: true });
  await page.getByText('已退出登录').first().waitFor();
  assert.match(await page.title(), /已退出登录/);
  await operator.must('PATCH', `/accounts/${id}`, { disabled: false });
  await context.setOffline(true);
  await page.reload();
  await page.getByLabel('用户名').waitFor();
  assert.equal(await page.getByRole('button', { name: '登记结果' }).count(), 0);
  await close();
});
