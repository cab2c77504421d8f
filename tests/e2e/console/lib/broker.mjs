// The brokers of a home and of a district, by the templates and the rights that those in service have
// (deploy/mosquitto), and what a test adds to them.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

import { root, mosquitto } from './places.mjs';
import { answers, freePort } from './port.mjs';
import { Process, run } from './process.mjs';
import { eventually } from './wait.mjs';

const template = (name) => readFileSync(join(root, 'deploy/mosquitto', name), 'utf8');

async function writePasswords(dir, name, users) {
  const passwords = {};
  for (const user of users) passwords[user] = randomBytes(18).toString('base64url');
  const file = join(dir, `${name}.passwd`);
  const lines = Object.entries(passwords).map(([user, password]) => `${user}:${password}\n`);
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  const hashed = await run('mosquitto_passwd', ['-U', file]);
  if (hashed.code !== 0) throw new Error(`mosquitto_passwd: ${hashed.err}`);
  return passwords;
}

/** {port, passwords, process} of the broker `name` for these users, with what `rights` adds to its
 *  ACL; its files are in `dir`. */
async function startBroker(dir, name, users, rights) {
  const passwords = await writePasswords(dir, name, users);
  const acl = join(dir, `${name}.acl`);
  writeFileSync(acl, template(`${name}.acl`) + rights);
  chmodSync(acl, 0o600);
  const state = join(dir, `${name}-broker`);
  mkdirSync(state);
  const file = join(dir, `${name}.conf`);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const port = await freePort();
    const config = template(`${name}.conf`)
      .replaceAll('@LISTEN@', '127.0.0.1').replaceAll('@PORT@', String(port))
      .replaceAll('@ETC@', dir).replaceAll('@STATE@', state);
    // Started by root it would change to a user who may not read this folder.
    writeFileSync(file, `${config}\nuser ${userInfo().username}\n`);
    const process = new Process(mosquitto, ['-c', file], { log: join(dir, `${name}-broker.log`) });
    const up = await eventually('mosquitto listens', async () =>
      (process.running ? ((await answers(port)) && 'up') : 'ended'));
    if (up === 'up' && process.running) return { port, passwords, process };
    await process.stop();
  }
  throw new Error('mosquitto does not start');
}

/** The broker of a home, with the simulated sensors of script/demo. */
export const startHomeBroker = (dir) =>
  startBroker(dir, 'home', ['anjud', 'simulator'], template('home.simulator.acl'));

/** The broker of a district, with a gateway, the platform, and somebody who hears both. */
export const startDistrictBroker = (dir, gateway) =>
  startBroker(dir, 'district', [gateway, 'platform', 'observer'],
    '\nuser observer\ntopic read anju/v1/district/#\n');
