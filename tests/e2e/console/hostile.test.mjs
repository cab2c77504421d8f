// A directory file may come from anywhere: what it says of people is text and never part of a page.
import assert from 'node:assert/strict';

import { desk, logIn, openPage } from './lib/browser.mjs';
import { home, hostile } from './lib/directory.mjs';
import { inWorld } from './lib/world.mjs';

const inside = inWorld({ more: [666] }, { pages: true });

inside('a name that is a piece of a page is shown as text, everywhere', async ({ rig, visitors, browser }) => {
  const { id } = await rig.smoke(666);
  await visitors.worker.must('POST', `/alerts/${id}/commands`, { command_id: 'hostile', verb: 'en_route',
    note: hostile });
  const { page, faults, close } = await openPage(browser, rig, { viewport: desk });
  await logIn(page, 'lead');
  for (const at of ['/alerts', `/alerts/${id}`, '/residents', `/residents/${home(666).resident}`, '/rounds', '/week']) {
    await page.goto(`${rig.url}/#${at}`);
    await page.getByRole('heading').first().waitFor();
    if (at !== '/rounds') await page.getByText(hostile).first().waitFor();
    assert.equal(await page.evaluate(() => window.hacked), undefined, at);
    assert.equal(await page.locator('img[src="x"]').count(), 0, at);
  }
  assert.deepEqual(faults, []);
  await close();
});
