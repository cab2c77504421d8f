// The first start, as somebody meets it who unpacks the box: a code, an account, a colleague.
import assert from 'node:assert/strict';

import { passwords } from './lib/accounts.mjs';
import { openPage } from './lib/browser.mjs';
import { home } from './lib/directory.mjs';
import { Visitor } from './lib/visitor.mjs';
import { eventually } from './lib/wait.mjs';
import { inWorld } from './lib/world.mjs';

const inside = inWorld({}, { pages: true, fresh: true });

async function choosePassword(page, name) {
  await page.getByLabel(/^新密码/).fill(passwords(name));
  await page.getByLabel('再输一次').fill(passwords(name));
}

inside('nothing but the first account can be made, and its code cannot be guessed', async ({ rig }) => {
  const stranger = new Visitor(rig.url);
  const nobody = await stranger.get('/session');
  assert.equal(nobody.status, 401);
  assert.equal(nobody.json.setup, true);
  assert.equal((await stranger.get('/residents')).status, 401);
  const guess = (code) => stranger.post('/setup', { code, name: 'evil', password: passwords('evil') });
  let last;
  for (let i = 0; i < 20 && last?.status !== 429; i += 1) {
    last = await guess(`AAAA-BBBB-${String(1000 + i)}`);
    assert.ok([401, 429].includes(last.status), last.text);
  }
  assert.equal(last.status, 429);
  const { id } = await rig.smoke(1);
  await eventually('the alarm is told', () => rig.robot.about(id).length > 0);
  // Whoever guessed has to wait, by a clock that nobody sets; whoever has the code is not kept out for ever.
  await new Promise((done) => { setTimeout(done, 3_000); });
});

inside('whoever reads the code on the box sets it up, and invites a colleague', async ({ rig, browser }) => {
  const desk = await openPage(browser, rig);
  await desk.page.getByLabel('开通码').waitFor();
  const code = rig.setupCode();
  assert.match(code, /^([A-Z0-9]{4}-)+[A-Z0-9]{4}$/);
  await desk.page.getByLabel('开通码').fill(code.toLowerCase());  // as it is typed on a phone
  await desk.page.getByLabel('用户名').fill('operator');
  await choosePassword(desk.page, 'operator');
  await desk.page.getByRole('button', { name: '建立账号' }).click();
  await desk.page.getByRole('button', { name: '新增账号' }).click();
  assert.equal(rig.setupCode(), null, 'the code is gone');

  const sheet = desk.page.getByRole('dialog');
  await sheet.getByLabel('用户名').fill('chenjing');
  await sheet.getByLabel('姓名').fill('陈静');
  await sheet.getByLabel('管辖范围').fill('C1');
  await sheet.getByLabel('网格员编号').fill('W1');
  await sheet.getByRole('button', { name: '保存' }).click();
  const link = await desk.page.getByRole('dialog').getByLabel('链接').inputValue();
  assert.ok(link.startsWith(rig.url), link);

  const phone = await openPage(browser, rig, { at: link.slice(rig.url.length) });
  await phone.page.getByRole('button', { name: '进入' }).click();
  await choosePassword(phone.page, 'chenjing');
  await phone.page.getByRole('button', { name: '保存新密码' }).click();
  await phone.page.getByText(home(1).address).first().waitFor();

  const late = await openPage(browser, rig, { at: link.slice(rig.url.length),
    expects: [/status of 401 .*once/] });
  await late.page.getByRole('button', { name: '进入' }).click();
  await late.page.getByRole('alert').filter({ hasText: '已用过' }).waitFor();
  for (const one of [desk, phone, late]) {
    assert.deepEqual(one.faults, []);
    await one.close();
  }
});
