// A browser as people have it, and what must never happen in one: an error on the console, a breach
// of the content security policy, a request to anybody but the gateway.
import { chromium } from 'playwright-core';

import { passwords } from './accounts.mjs';
import { chromium as program } from './places.mjs';

export const phone = { width: 390, height: 844 };
export const desk = { width: 1280, height: 800 };

export function openBrowser() {
  return chromium.launch({ executablePath: program, args: [
    '--no-sandbox', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--no-first-run', '--no-default-browser-check'] });
}

/** What a browser itself says of answers that the console expects. */
const expected = [
  /status of 401 .*\/api\/v1\/session$/,  // asked who is logged in: nobody
];

/** {page, context, faults, close}: a page at the console's address. `expects` are further lines of
 *  the console that are no fault, such as those of a test that pulls the plug. With `at` null it goes nowhere yet. */
export async function openPage(browser, rig, options = {}) {
  const { viewport = phone, locale = 'zh-CN', expects = [], at = '/', ...more } = options;
  const context = await browser.newContext({
    viewport, locale, hasTouch: viewport === phone, isMobile: viewport === phone,
    timezoneId: 'Asia/Shanghai', ...more });
  // A phone whose clock is right, by the clock of the test.
  await context.addInitScript((aheadMs) => {
    const Real = Date;
    globalThis.Date = class Date extends Real {
      constructor(...said) { super(...(said.length > 0 ? said : [Real.now() + aheadMs])); }
      static now() { return Real.now() + aheadMs; }
    };
    document.addEventListener('securitypolicyviolation', (breach) => {
      console.error(`policy: ${breach.violatedDirective} ${breach.blockedURI} ${breach.sourceFile}`);
    });
  }, rig.aheadMs);
  const faults = [];
  const fault = (text) => {
    if (![...expected, ...expects].some((one) => one.test(text))) faults.push(text);
  };
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== rig.url) {
      faults.push(`a request to ${url.href}`);
    }
  });
  context.on('console', (line) => {
    if (line.type() === 'error') fault(`${line.text()} ${line.location().url ?? ''}`);
  });
  context.on('weberror', (error) => fault(String(error.error())));
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);  // for what never comes, on a machine that builds besides
  if (at !== null) await page.goto(`${rig.url}${at}`);
  return { page, context, faults, close: () => context.close() };
}

const words = {
  zh: { name: '用户名', password: '密码', enter: '进入', alerts: '警情' },
  en: { name: 'User name', password: 'Password', enter: 'Enter', alerts: 'Alerts' },
};

/** Logs in as a person does, and waits for the first screen. */
export async function logIn(page, name) {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  const lang = (await page.locator('html').getAttribute('lang'))?.startsWith('en') ? 'en' : 'zh';
  const says = words[lang];
  await page.getByLabel(says.name, { exact: true }).fill(name);
  await page.getByLabel(says.password, { exact: true }).fill(passwords(name));
  await page.getByRole('button', { name: says.enter }).click();
  await page.getByRole('navigation').first().waitFor();
}

/** The part of the page that is about one alert, resident or task. */
export const cardOf = (page, text) => page.getByRole('listitem').filter({ hasText: text });
