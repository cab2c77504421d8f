// node consoles.bench.mjs [CONSOLES] [ALARMS]: whether open consoles cost an alarm anything.
//
// The time from a smoke alarm's publish to its event on one stream, alone and beside 200 others, then
// beside those and 20 that take nothing; and what the gateway holds in memory. In turn, three rounds
// of each, because a machine is never quite idle. What is measured is what `script/bench` would call a
// peer: the same gateway in the same run.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

import { installed } from './packages.mjs';

if (!installed()) process.exit(77);
const { login, makeAccounts } = await import('./lib/accounts.mjs');
const { home } = await import('./lib/directory.mjs');
const { Events } = await import('./lib/events.mjs');
const { percentile } = await import('./lib/figures.mjs');
const { startRig } = await import('./lib/rig.mjs');
const { eventually } = await import('./lib/wait.mjs');

const [consoles, alarms] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 60)];
const rounds = 3;
// Behind a proxy each console has an address of its own, as phones have.
const rig = await startRig({ here: rounds * 3 * alarms, there: 1, http: 'behind_proxy = true\n' });
const address = (n) => `10.1.${Math.floor(n / 250)}.${(n % 250) + 1}`;
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(
  readFileSync(`/proc/${rig.daemon.pid}/status`, 'utf8'))[1]) / 1024;

const through = (where) => ({ 'X-Forwarded-For': where, 'X-Forwarded-Proto': 'https' });

/** A console that asks and then never reads. */
function stuck(visitor, n) {
  const socket = connect(rig.port, '127.0.0.1');
  socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\n`
    + `Cookie: ${visitor.cookie}\r\nX-Forwarded-For: ${address(n)}\r\n`
    + 'X-Forwarded-Proto: https\r\n\r\n');
  socket.pause();
  return socket;
}

let next = 0;
async function measure(visitor) {
  const probe = await Events.open(visitor, through('10.9.9.9'));
  await probe.next('a greeting', (event) => event.name === 'hello');
  const took = [];
  for (let i = 0; i < alarms; i += 1) {
    const { topic, smoke } = home(next += 1);
    const at = new Promise((seen) => {
      probe.answer.on('data', function look(text) {
        if (!text.includes(`"${smoke}"`)) return;
        probe.answer.off('data', look);
        seen(performance.now());
      });
    });
    const began = performance.now();
    await rig.sensors.publish(topic, '{"smoke":true}');
    took.push((await at) - began);
  }
  probe.close();
  return took;
}

try {
  const { worker } = await makeAccounts(rig);
  // A session has eight streams, an account twenty sessions.
  const sessions = [];
  for (let n = 0; n * 8 < consoles; n += 1) {
    sessions.push(await login(rig.url, ['lead', 'supervisor'][n % 2]));
  }
  const quiet = [];
  for (let n = 0; n < 3; n += 1) quiet.push(await login(rig.url, 'second'));
  const found = { alone: [], beside: [], stuck: [] };
  const rss = { alone: 0, beside: 0, stuck: 0 };
  for (let round = 0; round < rounds; round += 1) {
    found.alone.push(...await measure(worker));
    rss.alone = Math.max(rss.alone, memory());
    const open = [];
    for (let n = 0; n < consoles; n += 1) {
      open.push(await Events.open(sessions[Math.floor(n / 8)], through(address(n))));
    }
    if (open.some((one) => one.status !== 200)) throw new Error('a console was refused');
    found.beside.push(...await measure(worker));
    rss.beside = Math.max(rss.beside, memory());
    const deaf = Array.from({ length: 20 }, (_, n) => stuck(quiet[Math.floor(n / 8)], 300 + n));
    found.stuck.push(...await measure(worker));
    rss.stuck = Math.max(rss.stuck, memory());
    const heard = Math.min(...open.map((one) => one.heard.filter((event) => event.name === 'alert').length));
    if (heard < 2 * alarms) throw new Error(`a console heard ${heard} of ${2 * alarms} alarms`);
    open.forEach((one) => one.close());
    deaf.forEach((one) => one.destroy());
    await eventually('they are gone', async () => {
      const text = await (await fetch(`${rig.url}/metrics`)).text();
      return /kind="listeners"} 0\n/.test(text);
    });
  }
  const row = (what, took, held) => console.log(`${what.padEnd(40)} p50 ${percentile(took, 0.5).toFixed(1)} ms  `
    + `p99 ${percentile(took, 0.99).toFixed(1)} ms  of ${took.length}  ${held.toFixed(1)} MB`);
  row('one console', found.alone, rss.alone);
  row(`beside ${consoles} others`, found.beside, rss.beside);
  row('and 20 that take nothing', found.stuck, rss.stuck);
} finally {
  await rig.stop();
}
