// As much of MQTT 3.1.1 (OASIS, 2014) as a sensor needs that publishes with QoS 1, and somebody who
// listens with QoS 0. A process for each message would cost more time than what is measured.
import { connect } from 'node:net';

function text(value) {
  const bytes = Buffer.from(value);
  const size = Buffer.alloc(2);
  size.writeUInt16BE(bytes.length);
  return Buffer.concat([size, bytes]);
}

function packet(type, ...parts) {
  const body = Buffer.concat(parts);
  const head = [type];
  let left = body.length;
  do {
    head.push((left & 127) | (left > 127 ? 128 : 0));
    left >>= 7;
  } while (left > 0);
  return Buffer.concat([Buffer.from(head), body]);
}

export class Client {
  #socket;
  #hear = () => {};
  #waiting = new Map();
  #last = 0;
  #rest = Buffer.alloc(0);

  static async open({ port, user, password }) {
    const self = new Client();
    self.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const accepted = new Promise((done, failed) => {
      self.#waiting.set(0, done);
      self.#socket.once('error', failed);
      self.#socket.once('close', () => failed(new Error('the broker hung up')));
    });
    self.#socket.on('data', (bytes) => self.#take(bytes));
    // Clean session, user name and password, no keep-alive: it lives as long as its test.
    const flags = Buffer.from([4, 0xc2, 0, 0]);
    self.#socket.write(packet(0x10, text('MQTT'), flags, text(`${user}-${process.pid}`), text(user),
      text(password)));
    const code = await accepted;
    if (code !== 0) throw new Error(`the broker refused the connection: ${code}`);
    return self;
  }

  #take(bytes) {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (let whole = this.#packet(); whole; whole = this.#packet()) {
      const [type, body] = whole;
      if (type >> 4 === 3) {
        const length = body.readUInt16BE(0);
        this.#hear(body.toString('utf8', 2, 2 + length), body.subarray(2 + length));
        continue;
      }
      const id = type === 0x20 ? 0 : body.readUInt16BE(0);
      this.#waiting.get(id)?.(body[body.length - 1]);
      this.#waiting.delete(id);
    }
  }

  /** The next packet that is there as a whole: [first byte, body]. */
  #packet() {
    let [length, at] = [0, 1];
    for (; at < 5; at += 1) {
      if (at >= this.#rest.length) return null;
      length += (this.#rest[at] & 127) << (7 * (at - 1));
      if (this.#rest[at] < 128) break;
    }
    at += 1;
    if (this.#rest.length < at + length) return null;
    const whole = [this.#rest[0], this.#rest.subarray(at, at + length)];
    this.#rest = this.#rest.subarray(at + length);
    return whole;
  }

  #ask(type, more) {
    this.#last = (this.#last % 65535) + 1;
    const id = Buffer.alloc(2);
    id.writeUInt16BE(this.#last);
    const answer = new Promise((done) => { this.#waiting.set(this.#last, done); });
    this.#socket.write(packet(type, ...more(id)));
    return answer;
  }

  /** Resolves when the broker has it. */
  publish(topic, payload) {
    return this.#ask(0x32, (id) => [text(topic), id, Buffer.from(payload)]);
  }

  /** Calls hear(topic, payload) for what comes from now on; one listener. */
  async subscribe(filter, hear) {
    this.#hear = hear;
    const code = await this.#ask(0x82, (id) => [id, text(filter), Buffer.from([0])]);
    if (code !== 0) throw new Error(`the broker refused ${filter}: ${code}`);
  }

  close() {
    this.#socket.end(packet(0xe0));
    this.#socket.destroy();
  }
}

/** anju.v1.ClockControl (proto/anju/v1/simulation.proto). */
export function clockControl(unixMs, rate) {
  const bytes = [0x08];
  let left = BigInt(unixMs);
  while (left > 127n) {
    bytes.push(Number(left & 127n) | 128);
    left >>= 7n;
  }
  bytes.push(Number(left), 0x11);
  const number = Buffer.alloc(8);
  number.writeDoubleLE(rate);
  return Buffer.concat([Buffer.from(bytes), number]);
}
