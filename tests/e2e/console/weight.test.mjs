// The first load on a cheap phone with a poor connection: what it weighs and how long it takes. The
// figures are printed; that the login can be used at all is what has to hold.
import assert from 'node:assert/strict';
import { loadavg } from 'node:os';

import { logIn, openPage } from './lib/browser.mjs';
import { said, slow } from './lib/slow.mjs';
import { inWorld } from './lib/world.mjs';

const inside = inWorld({}, { pages: true });

inside('the first load on a slow phone', async ({ rig, browser }, t) => {
  const { page, faults, close } = await openPage(browser, rig, { at: null, serviceWorkers: 'block' });
  const loaded = await slow(page);
  t.diagnostic(`${said}; load ${loadavg()[0].toFixed(1)}`);
  let began = Date.now();
  await page.goto(`${rig.url}/`);
  await page.getByRole('button', { name: '进入' }).waitFor();
  t.diagnostic(`login: ${Date.now() - began} ms, ${Math.round(loaded.bytes / 1000)} kB in ${loaded.requests.length} requests`);
  assert.ok(loaded.bytes > 1000);
  assert.ok(loaded.bytes < 250_000, `${loaded.bytes} bytes until the login`);
  began = Date.now();
  await logIn(page, 'worker');
  await page.getByRole('heading', { name: '警情' }).first().waitFor();
  t.diagnostic(`login to alerts: ${Date.now() - began} ms, ${Math.round(loaded.bytes / 1000)} kB in all`);
  began = Date.now();
  await page.reload();
  await page.getByRole('heading', { name: '警情' }).first().waitFor();
  t.diagnostic(`opened again: ${Date.now() - began} ms`);
  assert.deepEqual(faults, []);
  await close();
});
