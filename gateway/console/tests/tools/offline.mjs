// The day of a worker in a real browser, with the real service worker: an alert is taken, a call is
// recorded in a cellar, the page is loaded again there, and what was recorded is sent once when the
// network is back.      node tests/tools/offline.mjs     (after npm run build)
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const { server, who, port } = await serve();
who.state = 'worker';
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
});
try {
    const page = await (
        await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
    ).newPage();
    page.setDefaultTimeout(60_000);
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(`http://127.0.0.1:${port}/#/alerts`);

    await page.getByRole('button', { name: '我来处理' }).first().click();
    await page.waitForURL(/alerts\/H0001-31/);
    const commands = who.posted.filter((one) => one.path.endsWith('/commands'));
    assert.equal(commands.length, 1, 'one tap takes the alert');
    assert.equal(commands[0].body.verb, 'acknowledge');
    assert.equal(commands[0].csrf, 'csrf-of-the-session');

    await page.goto(`http://127.0.0.1:${port}/#/rounds`);
    await page.getByText('何素芬').waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForFunction(() => caches.keys().then((names) => names.length > 0));

    who.refuse = true;
    server.closeAllConnections();
    await page.reload();
    await page.getByText('何素芬').waitFor();
    await page.getByRole('status').getByText('没有网络').waitFor();

    const card = page.locator('li.task', { hasText: '何素芬' });
    await card.getByRole('button', { name: '登记结果' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '平安', exact: true }).click();
    await page.getByText('1 条登记还没上传').waitFor();
    const before = who.posted.length;
    await page.reload();
    await page.getByText('1 条登记还没上传').waitFor();
    assert.equal(who.posted.length, before, 'nothing reached the gateway');

    who.refuse = false;
    who.lose = 1;
    await page.getByText('1 条登记还没上传').waitFor({ state: 'detached' });
    const sent = who.posted.filter((one) => one.path === '/contacts');
    assert.equal(sent.length, 2, 'the first answer was lost');
    assert.equal(
        sent[0].body.command_id,
        sent[1].body.command_id,
        'and it was the same command again',
    );
    assert.equal(sent[0].body.outcome, 'well');
    assert.equal(sent[0].body.kind, 'call');
    assert.deepEqual(errors, []);
    console.log(
        'an alert taken in one tap; a call recorded offline in two, kept over a reload, sent once',
    );
} finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
}
