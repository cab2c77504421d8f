// The first load on a cheap phone with a poor connection: what it weighs and how long it takes. The
// figures are printed; that the login can be used at all is what has to hold.
import assert from 'node:assert/strict';

import { logIn, openPage } from './lib/browser.mjs';
import { inWorld } from './lib/world.mjs';

const inside = inWorld({}, { pages: true });

/** 1.6 Mbit/s, 150 ms, a quarter of this machine. */
async function slow(page) {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Network.enable');
  await debug.send('Network.emulateNetworkConditions', {
    offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 });
  await debug.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const loaded = { bytes: 0, requests: 0 };
  debug.on('Network.loadingFinished', ({ encodedDataLength }) => {
    loaded.bytes += encodedDataLength;
    loaded.requests += 1;
  });
  return loaded;
}

inside('the first load on a slow phone', async ({ rig, browser }, t) => {
  const { page, faults, close } = await openPage(browser, rig, { at: null, serviceWorkers: 'block' });
  const loaded = await slow(page);
  let began = Date.now();
  await page.goto(`${rig.url}/`);
  await page.getByRole('button', { name: '进入' }).waitFor();
  t.diagnostic(`login: ${Date.now() - began} ms, ${Math.round(loaded.bytes / 1000)} kB in ${loaded.requests} requests`);
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
