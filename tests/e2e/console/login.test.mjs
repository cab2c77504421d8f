// The login of whoever has a poor connection: it is there, and takes what is typed, before the program is.
import assert from 'node:assert/strict';

import { passwords } from './lib/accounts.mjs';
import { openPage } from './lib/browser.mjs';
import { inWorld } from './lib/world.mjs';

const inside = inWorld({}, { pages: true });

/** A page whose modules wait until they are let through. */
async function withoutProgram(browser, rig, options) {
  const opened = await openPage(browser, rig, { at: null, serviceWorkers: 'block', ...options });
  let letThrough;
  const wait = new Promise((resolve) => { letThrough = resolve; });
  await opened.page.route('**/assets/*.js', async (route) => {
    await wait;
    await route.continue();
  });
  return { ...opened, letThrough };
}
/** The form is the program's own: the button sends it. */
const isProgram = (page) => page.locator('form button:not([type=button])').waitFor();

inside('what is typed before the program is here stays, with the caret', async ({ rig, browser }) => {
  const { page, faults, close, letThrough } = await withoutProgram(browser, rig);
  await page.goto(rig.url, { waitUntil: 'commit' });
  await page.getByLabel('用户名').fill('worker');
  await page.getByLabel('密码').pressSequentially('half a pass');
  letThrough();
  await isProgram(page);
  assert.equal(await page.getByLabel('用户名').inputValue(), 'worker');
  assert.equal(await page.getByLabel('密码').inputValue(), 'half a pass');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'password');
  await page.keyboard.type('word');
  assert.equal(await page.getByLabel('密码').inputValue(), 'half a password');
  assert.deepEqual(faults, []);
  await close();
});

for (const press of ['the button', 'Enter']) {
  inside(`${press}, pressed before the program is here, logs in when it is`, async ({ rig, browser }) => {
    const { page, faults, close, letThrough } = await withoutProgram(browser, rig);
    await page.goto(rig.url, { waitUntil: 'commit' });
    await page.getByLabel('用户名').fill('worker');
    await page.getByLabel('密码').fill(passwords('worker'));
    if (press === 'Enter') await page.keyboard.press('Enter');
    else await page.getByRole('button', { name: '进入' }).click();
    assert.equal(new URL(page.url()).search, '', 'no password in the address');
    letThrough();
    await page.getByRole('navigation').first().waitFor();
    assert.equal(new URL(page.url()).search, '');
    assert.deepEqual(faults, []);
    await close();
  });
}

inside('whoever was in, or comes by a link, is shown no login meanwhile', async ({ rig, browser }) => {
  const { page, context, close, letThrough } = await withoutProgram(browser, rig);
  await context.addInitScript(() => localStorage.setItem('anju.in', '1'));
  await page.goto(rig.url, { waitUntil: 'commit' });
  await page.getByText('正在打开').waitFor();
  assert.equal(await page.getByLabel('用户名').isVisible(), false);
  letThrough();
  await close();
  const other = await withoutProgram(browser, rig);
  await other.page.goto(`${rig.url}/#/once/abc`, { waitUntil: 'commit' });
  await other.page.getByText('正在打开').waitFor();
  assert.equal(await other.page.getByLabel('用户名').isVisible(), false);
  other.letThrough();
  await other.close();
});
