// A gateway with everything around it, each a process of its own in a private folder: the home
// broker, anjud with its web server and console, a group robot, and a clock in the test's hand. The
// homes are imported on Monday, 2 March 2026 at 09:00; the tests begin on Tuesday at 09:30.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startHomeBroker } from './broker.mjs';
import { directory, home } from './directory.mjs';
import { District } from './district.mjs';
import { Client, clockControl } from './mqtt.mjs';
import { consoleFiles, privateFolder, programs, root } from './places.mjs';
import { freePort } from './port.mjs';
import { Process, run } from './process.mjs';
import { Robot } from './robot.mjs';
import { eventually } from './wait.mjs';

const nineMs = 1_772_413_200_000;  // 2026-03-02 09:00 +08:00

class Rig {
  dir = privateFolder();
  minutes = 0;  // of the driven clock, since Monday at nine

  async import(toml) {
    writeFileSync(join(this.dir, 'homes.toml'), toml);
    await this.control('residents', 'import', join(this.dir, 'homes.toml'));
  }

  /** How far the driven clock is ahead of the world's. */
  get aheadMs() { return this.setTo - this.setAt; }
  get url() { return `http://127.0.0.1:${this.port}`; }
  get data() { return join(this.dir, 'data'); }

  /** What anjuctl answers, as JSON. */
  async control(...args) {
    const said = await run(join(programs, 'anjuctl'),
      ['--json', '--socket', join(this.dir, 'control.sock'), ...args]);
    if (said.code !== 0) throw new Error(`anjuctl ${args.join(' ')}: ${said.out}${said.err}`);
    return said.out.trim() === '' ? null : JSON.parse(said.out);
  }

  /** The clock stands at so many minutes after Monday at nine, and goes on at the rate of the world. */
  setClock(minutes) {
    return this.setTime(nineMs + minutes * 60_000);
  }

  async setTime(unixMs) {
    this.minutes = (unixMs - nineMs) / 60_000;
    this.setTo = Math.round(unixMs);
    this.setAt = Date.now();
    await this.sensors.publish('anju/v1/clock', clockControl(this.setTo, 1));
  }

  /** Time passes, on top of what did. */
  async pass(minutes) {
    await this.setClock((this.setTo + Date.now() - this.setAt - nineMs) / 60_000 + minutes);
  }

  /** A smoke alarm of a home; the alert that came of it. */
  async smoke(number) {
    const { topic, smoke } = home(number);
    await this.sensors.publish(topic, '{"smoke":true}');
    return eventually(`an alert of ${smoke}`, async () =>
      (await this.control('alerts', 'list')).alerts.find((one) =>
        one.device === smoke && one.state === 'open'));
  }

  async alert(id) { return (await this.control('alerts', 'show', id)).alert; }
  /** Notices about an alert, of one cause if it is given. */
  async notices(id, cause) {
    const { notices } = await this.control('notices', 'list', '--limit', '1000');
    return notices.filter((one) => one.subject === id && (!cause || one.cause === cause));
  }
  /** What shows the first account that it is made by whoever has the box; null once it is used. */
  setupCode() {
    const file = join(this.data, 'console-setup.code');
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
  }

  config(withConsole) {
    const console = withConsole ? `[console]\nassets_dir = "${consoleFiles}"\n` : '';
    return `[gateway]
id = "box-0001"
data_dir = "data"
control_socket = "control.sock"
holidays_file = "${join(root, 'deploy/config/holidays-cn.toml')}"
[home]
uri = "mqtt://127.0.0.1:${this.broker.port}"
username = "anjud"
password_file = "anjud.password"
[clock]
driven = true
[http]
listen = "127.0.0.1:${this.port}"
${this.http ?? ''}${console}${this.district?.config() ?? ''}[notify]
base_url = "${this.url}"
[[notify.channel]]
name = "street"
kind = "webhook"
url = "${this.robot.url}"
secret_file = "webhook.key"
allow_plaintext = true
`;
  }

  async startDaemon(withConsole) {
    this.port = await freePort();
    writeFileSync(join(this.dir, 'anju.toml'), this.config(withConsole));
    const log = join(this.dir, 'anjud.log');
    this.daemon = new Process(join(programs, 'anjud'), ['--config', join(this.dir, 'anju.toml')], { log });
    const up = await eventually('anjud answers', async () => {
      if (!this.daemon.running) return 'ended';
      await this.control('status');
      return 'up';
    });
    return up === 'up';
  }

  /** The clock is not retained, and nothing is connected before it was heard: said until then. */
  async connect() {
    await eventually('the gateway is connected', async () => {
      await this.setClock(this.minutes);
      return (await this.control('status')).links.every((link) => link.connected);
    });
  }

  async stop() {
    await this.daemon?.stop();
    this.sensors?.close();
    this.robot?.close();
    await this.district?.stop();
    await this.broker?.process.stop();
    if (process.env.ANJU_KEEP) console.log(`kept: ${this.dir}`);
    else rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Starts a rig and imports its homes; see directory(). `http` are further lines of [http]; `district`
 *  starts a district with a platform too; `before` is given the rig when it knows no home yet, at the time
 *  `sinceMs`, and leaves it before Monday at nine; `monday`, when the week is planned. `hasConsole` tells what this build offers. */
export async function startRig(homes = {}) {
  const rig = new Rig();
  rig.http = homes.http;
  try {
    mkdirSync(rig.data);
    rig.broker = await startHomeBroker(rig.dir);
    if (homes.district) rig.district = await District.open(rig.dir);
    rig.robot = await Robot.open();
    const secret = (name, text) => writeFileSync(join(rig.dir, name), `${text}\n`, { mode: 0o600 });
    secret('anjud.password', rig.broker.passwords.anjud);
    secret('webhook.key', 'a secret of 24 characters');
    rig.sensors = await Client.open({
      port: rig.broker.port, user: 'simulator', password: rig.broker.passwords.simulator });
    // A build without the console refuses its section.
    if (!(await rig.startDaemon(true)) && !(await rig.startDaemon(false))) {
      throw new Error(`anjud does not start:\n${rig.daemon.said()}`);
    }
    if (homes.sinceMs) rig.minutes = (homes.sinceMs - nineMs) / 60_000;
    await rig.connect();
    await homes.before?.(rig);
    await rig.import(directory(homes));
    await rig.setClock(5);  // a directory that changes is planned for a little later
    await eventually('the week is planned', async () =>
      (await rig.control('rounds', 'week')).communities.every((one) => one.planned));
    await homes.monday?.(rig);
    await rig.setClock(24 * 60 + 30);  // the first day of the plan: everybody has something to do
    rig.hasConsole = (await fetch(`${rig.url}/api/v1/session`)).status !== 404;
    return rig;
  } catch (error) {
    await rig.stop();
    throw error;
  }
}
