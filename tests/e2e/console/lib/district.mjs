// The other end of a gateway's uplink: a district's broker, the stand-in platform, which commits what
// it receives and says so, and somebody who hears both and takes the time.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startDistrictBroker } from './broker.mjs';
import { Client } from './mqtt.mjs';
import { programs } from './places.mjs';
import { Process } from './process.mjs';

const gateway = 'box-0001';

function* varints(bytes) {
  let [value, shift] = [0n, 0n];
  for (const byte of bytes) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte >= 128) continue;
    yield Number(value);
    [value, shift] = [0n, 0n];
  }
}

/** The fields of a protobuf message that has varints and lengths alone: numbers and bytes. */
function fields(bytes) {
  const found = new Map();
  for (let at = 0; at < bytes.length;) {
    const varint = () => {
      const from = at;
      while (bytes[at] >= 128) at += 1;
      at += 1;
      return varints(bytes.subarray(from, at)).next().value;
    };
    const key = varint();
    let value = varint();
    if ((key & 7) === 2) value = bytes.subarray(at, at += value);
    found.set(key >> 3, value);
  }
  return found;
}

export class District {
  #waiting = new Map();  // text within an alarm event -> what to tell
  #sent = new Map();     // seq in the alarm lane -> what to tell

  static async open(dir) {
    const self = new District();
    self.broker = await startDistrictBroker(dir, gateway);
    writeFileSync(join(dir, 'gateway.password'), `${self.broker.passwords[gateway]}\n`, { mode: 0o600 });
    mkdirSync(join(dir, 'platform'));
    writeFileSync(join(dir, 'platform', 'platform'), `${self.broker.passwords.platform}\n`, { mode: 0o600 });
    self.platform = new Process(join(programs, 'anju-sim'), ['platform',
      '--broker', `mqtt://127.0.0.1:${self.broker.port}`, '--credentials', join(dir, 'platform'),
      '--store', join(dir, 'platform.db')], { log: join(dir, 'platform.log') });
    self.observer = await Client.open({
      port: self.broker.port, user: 'observer', password: self.broker.passwords.observer });
    await self.observer.subscribe('anju/v1/district/#', (topic, payload) => self.#hear(topic, payload));
    return self;
  }

  /** What anju.toml says of it. */
  config() {
    return `[district]\nuri = "mqtt://127.0.0.1:${this.broker.port}"\nusername = "${gateway}"\n`
      + 'password_file = "gateway.password"\nspread_reconnect = "0s"\n';
  }

  #hear(topic, payload) {
    const now = performance.now();
    if (topic.endsWith('/up/alarm')) {
      const said = payload.toString('latin1');
      for (const [text, tell] of this.#waiting) {
        if (!said.includes(text)) continue;
        this.#waiting.delete(text);
        this.#sent.set(fields(fields(payload).get(1)).get(4), tell);  // event, seq
      }
    } else if (topic.endsWith('/down/ack')) {
      const ack = fields(payload);
      if (ack.get(3) !== 1) return;  // of the alarm lane
      const [through, single] = [ack.get(4) ?? 0, new Set(varints(ack.get(5) ?? []))];
      for (const [seq, tell] of this.#sent) {
        if (seq > through && !single.has(seq)) continue;
        this.#sent.delete(seq);
        tell(now);
      }
    }
  }

  /** When the platform has said that it committed the next alarm event with this text in it. */
  committed(text) {
    return new Promise((tell) => { this.#waiting.set(text, tell); });
  }

  async stop() {
    this.observer.close();
    await this.platform.stop();
    await this.broker.process.stop();
  }
}
