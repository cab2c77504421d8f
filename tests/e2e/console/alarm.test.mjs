// From a smoke alarm in a kitchen to the hand of whoever takes it on.
import assert from 'node:assert/strict';

import { cardOf, desk, logIn, openPage, phone } from './lib/browser.mjs';
import { home } from './lib/directory.mjs';
import { say } from './lib/figures.mjs';
import { inWorld } from './lib/world.mjs';
import { eventually } from './lib/wait.mjs';

const alarms = 100;
const first = 5;  // the homes before it belong to the other tests
const inside = inWorld({ here: first + alarms, there: 1 }, { pages: true });

inside('an alarm is on the open page, one tap takes it, and the ladder stops', async ({ rig, browser }) => {
  const { page, faults, close } = await openPage(browser, rig);
  await logIn(page, 'worker');
  const taken = await rig.smoke(1);
  const card = cardOf(page, home(1).name);
  await card.waitFor();
  assert.match(await card.innerText(), /烟雾/);
  assert.match(await card.innerText(), new RegExp(home(1).address));
  await card.getByRole('button', { name: '我来处理' }).click();

  await eventually('the gateway knows who has it', async () =>
    (await rig.alert(taken.id)).state === 'acknowledged');
  assert.match((await rig.alert(taken.id)).owner, /worker:W1$/);
  const left = await rig.smoke(2);
  await rig.pass(4);  // beyond the second rung, before an acknowledgement lapses
  await eventually('the alarm that nobody took climbs', async () =>
    (await rig.notices(left.id, 'unanswered')).length > 0);
  assert.deepEqual(await rig.notices(taken.id, 'unanswered'), []);
  assert.deepEqual(faults, []);
  await close();
});

inside('an alarm goes all the way to its end by hand', async ({ rig, browser }) => {
  const { page, faults, close } = await openPage(browser, rig, { viewport: desk });
  await logIn(page, 'second');
  const { id } = await rig.smoke(4);
  await cardOf(page, home(4).name).getByRole('link').first().click();
  const article = page.getByRole('article', { name: '警情' });
  await article.getByText(home(4).name).first().waitFor();
  await article.getByRole('link', { name: /李梅/ }).first().waitFor();  // the daughter can be called
  for (const [verb, state] of [['我来处理', 'acknowledged'], ['已出发', 'en_route'], ['已到达', 'on_site']]) {
    await article.getByRole('button', { name: verb, exact: true }).click();
    await eventually(state, async () => (await rig.alert(id)).state === state);
  }
  await article.getByRole('button', { name: '处理完毕', exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel(/备注/).fill('锅烧干，人无恙');
  await sheet.getByRole('button', { name: '处理完毕', exact: true }).click();
  await article.getByRole('button', { name: '办结', exact: true }).click();
  await sheet.getByRole('button', { name: '做饭油烟' }).or(sheet.getByRole('button', { name: /烟/ })).first().click();
  await sheet.getByLabel(/备注/).fill('锅烧干，人无恙，已通风');
  await sheet.getByRole('button', { name: '办结', exact: true }).click();
  await eventually('closed', async () => (await rig.alert(id)).state === 'closed');
  const end = await rig.alert(id);
  assert.equal(end.reason, 'cooking_steam');
  assert.match(end.closed_by, /worker:W2$/);
  assert.deepEqual(faults, []);
  await close();
});

inside('a page that was away comes back to what there is', async ({ rig, visitors, browser }) => {
  const { page, context, faults, close } = await openPage(browser, rig, {
    viewport: phone, expects: [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|Failed to fetch/] });
  await logIn(page, 'lead');
  await context.setOffline(true);
  const { id } = await rig.smoke(3);
  await context.setOffline(false);
  await page.locator(`a[href$="/alerts/${id}"]`).first().waitFor();
  await visitors.lead.must('POST', `/alerts/${id}/commands`, { command_id: `away-${id}`, verb: 'acknowledge' });
  await eventually('it is told as taken', async () =>
    /由我处理|已签收/.test(await page.locator('li').filter({ has: page.locator(`a[href$="/alerts/${id}"]`) }).innerText()));
  assert.deepEqual(faults, []);
  await close();
});

inside('a hundred alarms, from the sensor to the screen', async ({ rig, browser }, t) => {
  const { page, faults, close } = await openPage(browser, rig);
  await logIn(page, 'worker');
  await page.evaluate(() => {
    window.shown = {};
    const note = (node) => {
      for (const link of node.querySelectorAll?.('a[href*="/alerts/"]') ?? []) {
        // When the next frame begins it is on the glass.
        requestAnimationFrame(() => {
          window.shown[link.href.split('/').pop()] ??= performance.timeOrigin + performance.now();
        });
      }
    };
    new MutationObserver((records) => {
      for (const record of records) record.addedNodes.forEach(note);
    }).observe(document.body, { childList: true, subtree: true });
  });
  const took = [];
  for (let n = first + 1; n <= first + alarms; n += 1) {
    const began = performance.timeOrigin + performance.now();
    await rig.sensors.publish(home(n).topic, '{"smoke":true}');
    // When it was drawn the page knows; how often it is asked does not matter.
    const at = await eventually(`the alarm of ${home(n).id}`, () => page.evaluate((start) =>
      Object.entries(window.shown).find(([id]) => id.startsWith(start))?.[1], `${home(n).id}-`));
    took.push(at - began);
  }
  say(t, 'sensor to screen', took);
  assert.ok(took.every((ms) => ms > 0));
  assert.deepEqual(faults, []);
  await close();
});
