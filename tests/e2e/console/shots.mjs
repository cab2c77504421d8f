// node shots.mjs [FOLDER]: pictures of the main screens on a phone and at a desk, in Chinese, of a day
// on which something happens, after four weeks that the gateway has learned from. About three minutes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { installed } from './packages.mjs';

if (!installed()) process.exit(77);
const { makeAccounts } = await import('./lib/accounts.mjs');
const { desk, logIn, openBrowser, openPage, phone } = await import('./lib/browser.mjs');
const { root } = await import('./lib/places.mjs');
const { withFewColours } = await import('./lib/png.mjs');
const { homesOnly } = await import('./lib/directory.mjs');
const { livesOf, play } = await import('./lib/history.mjs');
const { startRig } = await import('./lib/rig.mjs');
const { addressOf, screens, settled } = await import('./lib/screens.mjs');

const folder = process.argv[2] ?? join(root, 'docs/screens');
mkdirSync(folder, { recursive: true });

const homes = { here: 12, there: 1, lived: true };
const numbers = [...Array(homes.here).keys()].map((n) => n + 1).concat(901);
const since = '2026-02-02';
const at = (text) => Date.parse(`${text}+08:00`);
const said = await livesOf(numbers, { start: since, days: 30, stops: { 5: at('2026-03-02T19:40:00') } });

/** Four weeks up to the Monday on which the community begins its rounds; that day, and the night. */
const before = async (rig) => {
  await rig.import(homesOnly(homes));
  await play(rig, said, { fromMs: at(`${since}T00:00:00`), untilMs: at('2026-03-02T08:50:00') });
  for (const { id, state } of (await rig.control('alerts', 'list', '--all')).alerts) {
    if (state === 'closed' || state === 'cancelled') continue;
    await rig.control('alerts', 'close', id, '--reason', 'away', '--note', '去女儿家了', '--as', 'chen');
    await rig.control('alerts', 'review', id, '--as', 'zhou').catch(() => {});  // of P1 and P2 only
  }
};
const monday = (rig) =>
  play(rig, said, { fromMs: at('2026-03-02T09:05:00'), untilMs: at('2026-03-03T09:25:00') });

/** A day with a fire alarm that waits, one that is seen to, a lost meter, and calls that were made. */
async function aDay(rig, visitors) {
  const seen = await rig.smoke(2);
  await visitors.second.must('POST', `/alerts/${seen.id}/commands`, { command_id: 'shot-1', verb: 'en_route' });
  const { tasks } = (await visitors.worker.get('/rounds/today')).json;
  for (const [i, { id, resident }] of tasks.filter(({ kind }) => kind === 'phone_call').slice(0, 4).entries()) {
    await visitors.worker.must('POST', '/contacts', { command_id: `shot-${id}`, resident, task: id, kind: 'call',
      outcome: 'well', start: `2026-03-03T09:0${2 * i}:00+08:00`, seconds: 90, note: '精神很好，约好周四上门' });
  }
  const waiting = await rig.smoke(1);
  await rig.sensors.publish('zigbee2mqtt/door1', '{"contact":false}');
  await rig.sensors.publish('zigbee2mqtt/door1', '{"contact":true}');
  const { alerts } = await rig.control('alerts', 'list');
  return { alert: waiting.id, silence: alerts.find(({ kind }) => kind === 'inactivity').id };
}

const rig = await startRig({ ...homes, sinceMs: at(`${since}T00:00:00`), before, monday });
const browser = await openBrowser();
try {
  if (!rig.hasConsole) throw new Error('this build has no console');
  const visitors = await makeAccounts(rig);
  const facts = await aDay(rig, visitors);
  const pictured = [...screens,
    { name: 'silence', account: 'worker', at: ({ silence }) => `/alerts/${silence}` }];
  for (const [size, viewport] of Object.entries({ phone, desk })) {
    for (const account of new Set(pictured.map((one) => one.account))) {
      const { page, close } = await openPage(browser, rig, { viewport });
      await logIn(page, account);
      for (const screen of pictured.filter((one) => one.account === account)) {
        await page.goto(addressOf(rig, screen, facts));
        await settled(page);
        if (screen.then) await screen.then(page);
        const file = join(folder, `${screen.name}-${size}.png`);
        const picture = withFewColours(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
        writeFileSync(file, picture);
        console.log(`${file}  ${picture.length} bytes`);
      }
      await close();
    }
  }
} finally {
  await browser.close();
  await rig.stop();
}
