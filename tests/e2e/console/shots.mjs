// node shots.mjs [FOLDER]: pictures of the main screens on a phone and at a desk, in Chinese, of a day
// on which something happens.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { installed } from './packages.mjs';

if (!installed()) process.exit(77);
const { makeAccounts } = await import('./lib/accounts.mjs');
const { desk, logIn, openBrowser, openPage, phone } = await import('./lib/browser.mjs');
const { root } = await import('./lib/places.mjs');
const { withFewColours } = await import('./lib/png.mjs');
const { startRig } = await import('./lib/rig.mjs');
const { addressOf, screens, settled } = await import('./lib/screens.mjs');

const folder = process.argv[2] ?? join(root, 'docs/screens');
mkdirSync(folder, { recursive: true });

/** A day with a fire alarm that waits, one that is seen to, a lost meter, and calls that were made. */
async function aDay(rig, visitors) {
  const seen = await rig.smoke(2);
  await visitors.second.must('POST', `/alerts/${seen.id}/commands`, { command_id: 'shot-1', verb: 'en_route' });
  await visitors.worker.must('POST', '/contacts', { command_id: 'shot-2', resident: 'R4', kind: 'call',
    outcome: 'well', seconds: 130, note: '精神很好，约好周四上门' });
  const waiting = await rig.smoke(1);
  await rig.sensors.publish('zigbee2mqtt/door1', '{"contact":false}');
  await rig.sensors.publish('zigbee2mqtt/door1', '{"contact":true}');
  return { alert: waiting.id };
}

const rig = await startRig({ here: 12, there: 1 });
const browser = await openBrowser();
try {
  if (!rig.hasConsole) throw new Error('this build has no console');
  const visitors = await makeAccounts(rig);
  const facts = await aDay(rig, visitors);
  for (const [size, viewport] of Object.entries({ phone, desk })) {
    for (const account of new Set(screens.map((one) => one.account))) {
      const { page, close } = await openPage(browser, rig, { viewport });
      await logIn(page, account);
      for (const screen of screens.filter((one) => one.account === account)) {
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
