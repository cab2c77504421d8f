// Four weeks that people have lived, so that the gateway has learned their days: the simulator's people
// (docs/life-model.md), their doors and motion sensors over the broker, time turned as they move.
import { join } from 'node:path';

import { home, rooms } from './directory.mjs';
import { programs } from './places.mjs';
import { run } from './process.mjs';
import { eventually } from './wait.mjs';

const kinds = ['early_riser', 'homebody', 'late_riser', 'outgoing', 'frail', 'helped'];
const minuteMs = 60_000;
const stepMinutes = 10;

/** What the sensors of a home say: {atMs, topic, payload}, ascending. */
async function lifeOf(number, { start, days }) {
  const { code, out, err } = await run(join(programs, 'anju-sim'), ['life', '--csv', '-', '--no-water',
    '--no-falls', '--kind', kinds[number % kinds.length], '--seed', String(number),
    '--start', start, '--days', String(days)]);
  if (code !== 0) throw new Error(`anju-sim life: ${err}`);
  const has = ([, sensor, kind]) => kind === 'door' || rooms.some(([room]) => room === sensor);
  const rows = out.split('\n').slice(1).map((line) => line.split(','));
  return rows.filter(has).map(([at, sensor, kind, value]) => {
    const topic = kind === 'door' ? `door${number}` : `${sensor}${number}`;
    const said = kind === 'door' ? { contact: value === '0' } : { occupancy: value === '1' };
    return { atMs: Date.parse(`${at}+08:00`), topic: `zigbee2mqtt/${topic}`, payload: JSON.stringify(said) };
  });
}

/** Twice a day every sensor says that it is there. */
function heartbeats(numbers, fromMs, toMs) {
  const names = (number) => [home(number).topic.split('/')[1],
    ...['door', 'sos', ...rooms.map(([room]) => room)].map((one) => `${one}${number}`)];
  const out = [];
  for (let atMs = fromMs; atMs < toMs; atMs += 12 * 60 * minuteMs) {
    for (const name of numbers.flatMap(names)) {
      out.push({ atMs, topic: `zigbee2mqtt/${name}`, payload: '{"battery":90}' });
    }
  }
  return out;
}

/** What homes `numbers` say in `days` days from `start` ("2026-02-02", midnight at +08:00), ascending;
 *  `stops` says who does nothing more from when on, while the sensors go on: {number: atMs}. */
export async function livesOf(numbers, { start, days, stops = {} }) {
  const fromMs = Date.parse(`${start}T00:00:00+08:00`);
  const lives = await Promise.all(numbers.map((number) => lifeOf(number, { start, days })));
  return lives.flatMap((one, i) => one.filter(({ atMs }) => atMs < (stops[numbers[i]] ?? Infinity)))
    .concat(heartbeats(numbers, fromMs, fromMs + days * 24 * 60 * minuteMs))
    .sort((a, b) => a.atMs - b.atMs);
}

/** Says it, from `fromMs` until `untilMs`, at which the clock stands then. */
export async function play(rig, all, { fromMs, untilMs }) {
  const said = all.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs);
  const heard = (await rig.control('status')).counters.messages;
  let next = 0;
  for (let atMs = fromMs; atMs <= untilMs; atMs += stepMinutes * minuteMs) {
    await rig.setTime(atMs);
    const sent = [];
    for (; next < said.length && said[next].atMs < atMs; next += 1) {
      sent.push(rig.sensors.publish(said[next].topic, said[next].payload));
    }
    await Promise.all(sent);
    // The clock comes by a session of its own: it is not turned on before the rest was heard.
    await eventually('the gateway has heard all', async () => {
      const { now, counters } = await rig.control('status');
      return Date.parse(now) >= atMs && counters.messages >= heard + next;
    }, { everyMs: 2 });
  }
}
