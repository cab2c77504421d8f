// Every main screen for everybody: both languages, a phone and a desk, a keyboard and a screen reader.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { desk, logIn, openPage, phone } from './lib/browser.mjs';
import { addressOf, screens, settled } from './lib/screens.mjs';
import { inWorld, nothing } from './lib/world.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const inside = inWorld({}, { pages: true });

const accounts = [...new Set(screens.map((screen) => screen.account))];

/** Looks at every screen as each account; `look` returns what is wrong with one. */
async function everyScreen({ rig, browser }, options, look) {
  const wrong = [];
  const { alerts } = await rig.control('alerts', 'list');
  const facts = { alert: (alerts[0] ?? await rig.smoke(1)).id };
  for (const account of accounts) {
    const { page, faults, close } = await openPage(browser, rig, options);
    if (options.english) await inEnglish(page, account);
    else await logIn(page, account);
    for (const screen of screens.filter((one) => one.account === account)) {
      await page.goto(addressOf(rig, screen, facts));
      await settled(page);
      for (const fault of await look(page, screen)) wrong.push(`${screen.name}: ${fault}`);
    }
    wrong.push(...faults.map((fault) => `${account}: ${fault}`));
    await close();
  }
  return wrong;
}

/** Chinese first; the switch is where everybody has their own settings. */
async function inEnglish(page, account) {
  await logIn(page, account);
  await page.goto(page.url().replace(/#.*/, '#/me'));
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
}

const width = (page) => page.evaluate(() => {
  const page_ = document.scrollingElement;
  return page_.scrollWidth > page_.clientWidth
    ? [`wider than the screen: ${page_.scrollWidth} > ${page_.clientWidth}`] : [];
});

/** Targets for a thumb are 44 px high and wide, but links within a line of text. */
const targets = (page) => page.evaluate(() => [...document.querySelectorAll('button, a[href], input, select, [role=button]')]
  .filter((one) => {
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    if (box.width < 2 || box.height < 2 || style.visibility === 'hidden' || style.display === 'inline') return false;
    if (box.bottom < 0) return false;  // beyond the edge until it has the focus
    if (['checkbox', 'radio', 'range'].includes(one.type)) return false;  // their label is the target
    return box.height < 43.5 || box.width < 43.5;
  }).map((one) => {
    const box = one.getBoundingClientRect();
    return `small target ${Math.round(box.width)}x${Math.round(box.height)}: ${one.outerHTML.slice(0, 120)}`;
  }));

const letters = (page) => page.evaluate(() => {
  const size = parseFloat(getComputedStyle(document.querySelector('main')).fontSize);
  return size >= 18 ? [] : [`the main text has ${size} px`];
});

/** Text of the console itself, without what people have written. */
const chinese = (page) => page.evaluate(() => {
  const names = /[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗]/;
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const out = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const data = /街道|社区|两江|烟感|入户门|呼叫按钮|床头|审计|中文|女儿|号 2-3/.test(text) || names.test(text);
    if (/\p{Script=Han}/u.test(text) && !data) out.push(`Chinese in English: ${text.slice(0, 60)}`);
  }
  return out;
});

async function serious(page) {
  await page.evaluate(axe);  // by the debugger, which the content security policy does not bind
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }));
  return violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) =>
    `${one.id}: ${one.help}\n  ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join('\n  ')}`);
}

const all = (...looks) => async (page, screen) =>
  (await Promise.all(looks.map((look) => look(page, screen)))).flat();

inside('on a phone every screen fits, can be read and can be hit with a thumb', async (world) => {
  const wrong = await everyScreen(world, { viewport: phone }, all(width, targets, letters));
  nothing(wrong);
});

inside('at a desk every screen fits', async (world) => {
  const wrong = await everyScreen(world, { viewport: desk }, all(width, letters));
  nothing(wrong);
});

inside('in English every screen is in English', async (world) => {
  const wrong = await everyScreen(world, { viewport: phone, english: true }, all(width, chinese));
  nothing(wrong);
});

inside('a checker of accessibility finds nothing serious', async (world) => {
  const wrong = await everyScreen(world, { viewport: phone }, serious);
  nothing(wrong);
});

inside('in the dark the checker finds nothing serious either', async (world) => {
  const wrong = await everyScreen(world, { viewport: phone, colorScheme: 'dark' }, serious);
  nothing(wrong);
});

inside('the largest letters break nothing', async (world) => {
  const storageState = { cookies: [], origins: [{ origin: world.rig.url, localStorage: [
    { name: 'anju.settings', value: JSON.stringify({ language: 'zh', size: 30, muted: false }) }] }] };
  const wrong = await everyScreen(world, { viewport: { width: 360, height: 740 }, storageState }, width);
  nothing(wrong);
});

inside('with a keyboard alone an alarm is taken', async ({ rig, browser }) => {
  const { page, faults, close } = await openPage(browser, rig, { viewport: desk });
  await logIn(page, 'worker');
  const { id } = await rig.smoke(5);
  await page.locator(`a[href$="/alerts/${id}"]`).first().waitFor();
  let name = '';
  for (let i = 0; i < 60 && name !== '我来处理'; i += 1) {
    await page.keyboard.press('Tab');
    name = await page.evaluate(() => document.activeElement.textContent.trim());
  }
  assert.equal(name, '我来处理');
  await page.keyboard.press('Enter');
  await page.getByRole('article').waitFor();
  assert.deepEqual(faults, []);
  await close();
});
