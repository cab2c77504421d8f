// The home broker, by the template and the rights that a box in service has (deploy/mosquitto), and
// for the simulated sensors what script/demo adds to them.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

import { root, mosquitto } from './places.mjs';
import { answers, freePort } from './port.mjs';
import { Process, run } from './process.mjs';
import { eventually } from './wait.mjs';

const template = (name) => readFileSync(join(root, 'deploy/mosquitto', name), 'utf8');

async function writePasswords(dir) {
  const passwords = {};
  for (const user of ['anjud', 'simulator']) passwords[user] = randomBytes(18).toString('base64url');
  const file = join(dir, 'home.passwd');
  const lines = Object.entries(passwords).map(([user, password]) => `${user}:${password}\n`);
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  const hashed = await run('mosquitto_passwd', ['-U', file]);
  if (hashed.code !== 0) throw new Error(`mosquitto_passwd: ${hashed.err}`);
  return passwords;
}

/** {port, passwords, process} of a broker whose files are in `dir`. */
export async function startBroker(dir) {
  const passwords = await writePasswords(dir);
  const acl = join(dir, 'home.acl');
  writeFileSync(acl, template('home.acl') + template('home.simulator.acl'));
  chmodSync(acl, 0o600);
  mkdirSync(join(dir, 'broker'));
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const port = await freePort();
    const config = template('home.conf')
      .replaceAll('@LISTEN@', '127.0.0.1').replaceAll('@PORT@', String(port))
      .replaceAll('@ETC@', dir).replaceAll('@STATE@', join(dir, 'broker'));
    // Started by root it would change to a user who may not read this folder.
    writeFileSync(join(dir, 'home.conf'), `${config}\nuser ${userInfo().username}\n`);
    const process = new Process(mosquitto, ['-c', join(dir, 'home.conf')],
      { log: join(dir, 'mosquitto.log') });
    const up = await eventually('mosquitto listens', async () =>
      (process.running ? ((await answers(port)) && 'up') : 'ended'));
    if (up === 'up' && process.running) return { port, passwords, process };
    await process.stop();
  }
  throw new Error('mosquitto does not start');
}
