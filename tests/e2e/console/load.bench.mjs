// node load.bench.mjs [TIMES]: how long a slow phone waits until the login is seen (the browser's own "first
// contentful paint"; from then on it takes what is typed and pressed), until the program has taken over from
// it, for the list of alerts after it, and for the app opened again; the medians, and with WATERFALL=1 every
// request of the last time.
import { loadavg } from 'node:os';

import { installed } from './packages.mjs';

if (!installed()) process.exit(77);
const { makeAccounts } = await import('./lib/accounts.mjs');
const { openBrowser, openPage, logIn } = await import('./lib/browser.mjs');
const { percentile } = await import('./lib/figures.mjs');
const { startRig } = await import('./lib/rig.mjs');
const { said, slow } = await import('./lib/slow.mjs');

const times = Number(process.argv[2] ?? 5);
const took = { login: [], ready: [], alerts: [], again: [] };
const weight = {};

function waterfall(what, { requests }) {
  if (!process.env.WATERFALL) return;
  console.log(what);
  for (const { path, startMs, headMs, endMs, bytes } of [...requests].sort((a, b) => a.startMs - b.startMs)) {
    console.log(`${[startMs, headMs, endMs].map((ms) => String(ms).padStart(6)).join('')}`
      + `${String(bytes).padStart(8)}  ${path}`);
  }
}

async function measure(rig, browser, last) {
  const { page, close } = await openPage(browser, rig, { at: null, serviceWorkers: 'block' });
  const loaded = await slow(page);
  const step = async (what, body) => {
    Object.assign(loaded, { began: Date.now(), requests: [] });
    await body();
    took[what].push(Date.now() - loaded.began);
    weight[what] = `${Math.round(loaded.bytes / 1000)} kB so far, ${loaded.requests.length} requests`;
    if (last) waterfall(what, loaded);
  };
  const alerts = () => page.getByRole('heading', { name: '警情' }).first().waitFor();
  await step('ready', async () => {
    await page.goto(`${rig.url}/`, { waitUntil: 'commit' });
    await page.locator('form button:not([type=button])').waitFor();
  });
  took.login.push(Math.round(await page.evaluate(() =>
    performance.getEntriesByName('first-contentful-paint')[0].startTime)));
  await step('alerts', async () => {
    await logIn(page, 'worker');
    await alerts();
  });
  await step('again', async () => {
    await page.reload({ waitUntil: 'commit' });
    await alerts();
  });
  await close();
}

const rig = await startRig();
const browser = await openBrowser();
try {
  await makeAccounts(rig);
  for (let i = 1; i <= times; i += 1) await measure(rig, browser, i === times);
  console.log(`${said}; load of this machine ${loadavg().map((one) => one.toFixed(1)).join(' ')}`);
  for (const [what, ms] of Object.entries(took)) {
    console.log(`${what.padEnd(8)} p50 ${percentile(ms, 0.5)} ms  least ${Math.min(...ms)}  most ${Math.max(...ms)}`
      + `  ${weight[what] ?? ''}`);
  }
} finally {
  await browser.close();
  await rig.stop();
}
