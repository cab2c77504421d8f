// What somebody would try who is not welcome. Each is refused, and while it goes on an alarm is told.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { login, passwords } from './lib/accounts.mjs';
import { home } from './lib/directory.mjs';
import { ask, raw, statusOf } from './lib/http.mjs';
import { Visitor } from './lib/visitor.mjs';
import { eventually } from './lib/wait.mjs';
import { inWorld } from './lib/world.mjs';

let next = 10;  // a home for the alarm of each test
const inside = inWorld({ here: 30, there: 1 });

/** Does `attack` while an alarm comes in, which has to be told to the robot. */
async function meanwhile(rig, attack) {
  const number = (next += 1);
  const [alert] = await Promise.all([rig.smoke(number), attack()]);
  await eventually('the alarm is told', () => rig.robot.about(alert.id).length > 0);
}
const acknowledge = () => ({ command_id: `attack-${Math.random()}`, verb: 'acknowledge' });

inside('a request from another page changes nothing', async ({ rig, visitors }) => {
  const { id } = await rig.smoke(4);
  const path = `/alerts/${id}/commands`;
  const forgeries = {
    'no token': { 'X-CSRF-Token': undefined },
    'a token of another session': { 'X-CSRF-Token': visitors.second.csrf },
    'an empty token': { 'X-CSRF-Token': '' },
    'another site': { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
    'the same site': { 'Sec-Fetch-Site': 'same-site' },
    'another origin, from an old browser': { 'Sec-Fetch-Site': undefined, Origin: 'https://evil.example' },
    'no origin worth the name': { 'Sec-Fetch-Site': undefined, Origin: 'null' },
  };
  await meanwhile(rig, async () => {
    for (const [what, headers] of Object.entries(forgeries)) {
      const answer = await visitors.worker.post(path, acknowledge(), headers);
      assert.equal(answer.status, 403, `${what}: ${answer.text}`);
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', undefined]) {
      const answer = await visitors.worker.post(path, JSON.stringify(acknowledge()), { 'Content-Type': type });
      assert.ok([403, 415].includes(answer.status), `${type}: ${answer.status}`);
    }
    // A login of the attacker's own account is a forgery too.
    const trap = await new Visitor(rig.url).post('/session', { name: 'worker', password: passwords('worker') },
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' });
    assert.equal(trap.status, 403, trap.text);
  });
  assert.equal((await rig.alert(id)).state, 'open');
});

inside('no path leads out of the web app', async ({ rig }) => {
  const secret = readFileSync(`${rig.dir}/anju.toml`, 'utf8').slice(0, 20);
  const paths = ['/../anju.toml', '/assets/../../anju.toml', '/%2e%2e/anju.toml', '/assets/%2e%2e%2f%2e%2e%2fanju.toml',
    '/assets/..%5c..%5canju.toml', '/assets/%252e%252e/anju.toml', '//etc/passwd', '/assets//etc/passwd',
    '/assets/%00', '/index.html%00.js', '/api/v1/../../anju.toml', '/api/v1/alerts/..%2f..%2fstatus', '/.%2e/.%2e/anju.toml',
    '/assets/%c0%ae%c0%ae/anju.toml'];
  await meanwhile(rig, async () => {
    for (const path of paths) {
      const said = await raw(rig.port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, () => false);
      assert.ok([400, 401, 404].includes(statusOf(said)), `${path}: ${said.slice(0, 200)}`);
      assert.equal(said.includes(secret) || said.includes('root:'), false, path);
    }
  });
});

inside('what is too long, too deep or no HTTP is refused', async ({ rig, visitors }) => {
  const field = (size) => `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(size)}\r\n\r\n`;
  await meanwhile(rig, async () => {
    assert.ok([400, 413, 431].includes(statusOf(await raw(rig.port, field(100_000)))) );
    assert.ok([400, 414, 431].includes(statusOf(await raw(rig.port, `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`))));
    const big = await raw(rig.port, `POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`
      + `Content-Length: 100000000\r\n\r\n${'{'.repeat(1_000_000)}`);
    assert.ok([400, 413].includes(statusOf(big)), big.slice(0, 100));
    for (const nonsense of ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 'GET\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n',
      'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n',
      'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n']) {
      const said = await raw(rig.port, nonsense);
      assert.ok(said === '' || [400, 403, 415, 505].includes(statusOf(said)), said.slice(0, 200));
    }
    const deep = await visitors.worker.post('/contacts', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`);
    assert.equal(deep.status, 400);
    for (const body of ['', 'null', '[]', '"x"', '{"command_id":', '{"command_id":1,"verb":2}', '{}']) {
      const answer = await visitors.worker.post(`/alerts/H1-1/commands`, body);
      assert.ok([400, 404].includes(answer.status), `${body}: ${answer.status}`);
    }
  });
});

inside('guessing passwords is slow, tells nothing, and locks nobody out elsewhere', async ({ rig, visitors }) => {
  const wrong = (name) => new Visitor(rig.url).post('/session', { name, password: 'not the password' });
  await meanwhile(rig, async () => {
    const known = await wrong('supervisor');
    const unknown = await wrong('nobody-of-this-name');
    assert.equal(known.status, 401);
    assert.deepEqual(known.json, unknown.json, 'whether there is such an account');
    let last;
    for (let i = 0; i < 30 && last?.status !== 429; i += 1) last = await wrong('supervisor');
    assert.equal(last.status, 429);
    assert.ok(Number(last.headers['retry-after']) > 0);
    assert.ok(Number(last.headers['retry-after']) <= 15 * 60);
  });
  assert.equal((await visitors.supervisor.get('/alerts')).status, 200, 'who is in stays in');
});

inside('the code of the first start is void once it was used', async ({ rig }) => {
  assert.equal(rig.setupCode(), null);
  const again = await new Visitor(rig.url).post('/setup', { code: 'ABCD-EFGH-JKLM', name: 'evil', password: 'a long enough one' });
  assert.ok(again.status >= 400 && again.status < 500);
  assert.equal((await new Visitor(rig.url).get('/session')).json.setup, undefined);
});

inside('a session is new at every login, and nobody can bring one along', async ({ rig, visitors }) => {
  const victim = new Visitor(rig.url);
  victim.cookie = 'anju=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
  const planted = victim.cookie;
  await victim.login('worker', passwords('worker'));
  assert.notEqual(victim.cookie, planted);
  const thief = new Visitor(rig.url);
  thief.cookie = planted;
  assert.equal((await thief.get('/alerts')).status, 401);
  const first = victim.cookie;
  await victim.login('worker', passwords('worker'));
  assert.notEqual(victim.cookie, first);
  const answer = await new Visitor(rig.url).post('/session', { name: 'worker', password: passwords('worker') });
  const [line] = answer.headers['set-cookie'];
  for (const part of [/; ?HttpOnly/i, /; ?SameSite=Strict/i, /; ?Path=\//i]) assert.match(line, part);
  // The cookie alone is not enough to change something.
  const bare = new Visitor(rig.url);
  [bare.cookie] = line.split(';');
  assert.equal((await bare.post('/alerts/H1-1/commands', acknowledge())).status, 403);
  for (const odd of ['anju=', 'anju=x', `anju=${'a'.repeat(5000)}`, 'anju=a; anju=b', `${line.split(';')[0]}x`]) {
    const other = new Visitor(rig.url);
    other.cookie = odd;
    const said = await other.get('/alerts');
    assert.ok([400, 401, 431].includes(said.status), `${odd.slice(0, 30)}: ${said.status}`);
  }
  assert.equal((await visitors.worker.get('/alerts')).status, 200);
});

inside('a new password ends the sessions that others may have', async ({ rig }) => {
  const here = await login(rig.url, 'second');
  const stolen = await login(rig.url, 'second');
  const old = passwords('second');
  await here.must('POST', '/session/password', { old, new: `${old}x` });
  assert.equal((await stolen.get('/alerts')).status, 401);
  assert.equal((await here.get('/session')).status, 200);
});

inside('every answer says what a browser may do with it', async ({ rig, visitors }) => {
  const page = await ask(`${rig.url}/`);
  const policy = page.headers['content-security-policy'];
  for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) {
    assert.ok(policy?.includes(part), `${part} in ${policy}`);
  }
  assert.equal(/unsafe|\*/.test(policy), false);
  for (const answer of [page, await visitors.worker.get('/residents'), await visitors.worker.get('/nothing')]) {
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.match(answer.headers['referrer-policy'] ?? '', /no-referrer|same-origin/);
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
  }
  assert.match((await visitors.worker.get('/residents')).headers['cache-control'], /no-cache|no-store/);
});

inside('metrics name nobody', async ({ rig }) => {
  const { text, status } = await ask(`${rig.url}/metrics`);
  assert.equal(status, 200);
  assert.match(text, /^anju_\w+/m);
  for (const one of [1, 2, 4].map(home)) {
    for (const secret of [one.name, one.address, one.resident]) assert.equal(text.includes(secret), false, secret);
  }
});

inside('many consoles at once leave room for the others', async ({ rig, visitors }) => {
  const { Events } = await import('./lib/events.mjs');
  await meanwhile(rig, async () => {
    const opened = [];
    for (let i = 0; i < 80; i += 1) opened.push(await Events.open(visitors.worker));
    await eventually('eight of them stay, the newest', () => opened.filter((one) => !one.over).length === 8);
    assert.ok(opened.slice(-8).every((one) => one.status === 200 && !one.over));
    const other = await Events.open(visitors.lead);
    assert.equal(other.status, 200, 'the live view of the others');
    other.close();
    assert.equal((await visitors.second.get('/session')).status !== 503, true);
    assert.equal((await visitors.lead.get('/alerts')).status, 200);
    opened.forEach((one) => one.close());
  });
});

inside('an account that asks without end has to wait, and nobody else', async ({ rig, visitors }) => {
  await meanwhile(rig, async () => {
    const refused = [];
    for (let round = 0; round < 400 && refused.length === 0; round += 1) {
      const answers = await Promise.all(Array.from({ length: 5 }, () => visitors.auditor.get('/session')));
      refused.push(...answers.filter((one) => one.status === 429));
    }
    assert.ok(refused.length > 0, 'two thousand at once were answered');
    assert.equal(JSON.parse(refused[0].text).code, 'too_many_requests');
    assert.ok(Number(refused[0].headers['retry-after']) > 0);
    assert.equal((await visitors.lead.get('/alerts')).status, 200, 'the others are answered');
    await eventually('it is answered again', async () => (await visitors.auditor.get('/session')).status === 200);
  });
});
