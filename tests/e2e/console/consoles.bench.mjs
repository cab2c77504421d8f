// node consoles.bench.mjs [CONSOLES] [ALARMS]: whether open consoles cost an alarm anything.
//
// The time from a smoke alarm's publish to the district platform's word that it has committed it,
// and to its event on one stream: alone, beside 200 other consoles, and beside those and 20 that take
// nothing; and what the gateway holds in memory. In turn, three rounds of each, because a machine is
// never quite idle: the peer is the same gateway in the same run. The consoles are in a process of
// their own (lib/readers.mjs).
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { loadavg } from 'node:os';

import { installed } from './packages.mjs';

if (!installed()) process.exit(77);
const { login, makeAccounts } = await import('./lib/accounts.mjs');
const { home } = await import('./lib/directory.mjs');
const { Events } = await import('./lib/events.mjs');
const { percentile } = await import('./lib/figures.mjs');
const { address, Readers, through } = await import('./lib/readers.mjs');
const { startRig } = await import('./lib/rig.mjs');
const { eventually } = await import('./lib/wait.mjs');

const [consoles, alarms] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 60)];
const rounds = 3;
const rig = await startRig({
  here: rounds * 3 * alarms, there: 1, http: 'behind_proxy = true\n', district: true });
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(
  readFileSync(`/proc/${rig.daemon.pid}/status`, 'utf8'))[1]) / 1024;

/** A console that asks and then never reads. */
function stuck(visitor, n) {
  const socket = connect(rig.port, '127.0.0.1');
  socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\n`
    + `Cookie: ${visitor.cookie}\r\nX-Forwarded-For: ${address(n)}\r\n`
    + 'X-Forwarded-Proto: https\r\n\r\n');
  socket.on('error', () => {});  // dropped by the gateway, as it should be
  socket.pause();
  return socket;
}

let next = 0;
async function measure(visitor, into) {
  const probe = await Events.open(visitor, through('10.9.9.9'));
  await probe.next('a greeting', (event) => event.name === 'hello');
  for (let i = 0; i < alarms; i += 1) {
    const { topic, smoke } = home(next += 1);
    const seen = new Promise((tell) => {
      probe.answer.on('data', function look(text) {
        if (!text.includes(`"${smoke}"`)) return;
        probe.answer.off('data', look);
        tell(performance.now());
      });
    });
    const committed = rig.district.committed(smoke);
    const began = performance.now();
    await rig.sensors.publish(topic, '{"smoke":true}');
    into.committed.push((await committed) - began);
    into.seen.push((await seen) - began);
  }
  into.memory = Math.max(into.memory, memory());
  probe.close();
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
  const of = () => ({ committed: [], seen: [], memory: 0 });
  const found = { alone: of(), beside: of(), stuck: of() };
  for (let round = 0; round < rounds; round += 1) {
    await measure(worker, found.alone);
    const readers = new Readers();
    await readers.open(sessions, consoles);
    await measure(worker, found.beside);
    const deaf = Array.from({ length: 20 }, (_, n) => stuck(quiet[Math.floor(n / 8)], 300 + n));
    await measure(worker, found.stuck);
    await eventually('every console heard every alarm', async () =>
      (await readers.fewest()) >= 2 * alarms);
    readers.close();
    deaf.forEach((one) => one.destroy());
    await eventually('they are gone', async () => {
      const text = await (await fetch(`${rig.url}/metrics`)).text();
      return /kind="listeners"} 0\n/.test(text);
    });
  }
  const both = (took) => `${percentile(took, 0.5).toFixed(1)} / ${percentile(took, 0.99).toFixed(1)} ms`;
  const row = (what, { committed, seen, memory: held }) => console.log(
    `${what.padEnd(28)} ${both(committed).padEnd(18)} ${both(seen).padEnd(18)} ${held.toFixed(1)} MB`);
  console.log(`p50 / p99 of ${rounds * alarms} alarms, load average ${loadavg()[0].toFixed(1)}`);
  console.log(`${''.padEnd(28)} ${'at the platform'.padEnd(18)} ${'on a console'.padEnd(18)} anjud`);
  row('one console', found.alone);
  row(`beside ${consoles} others`, found.beside);
  row('and 20 that take nothing', found.stuck);
} finally {
  await rig.stop();
}
