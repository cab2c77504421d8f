// As much of MQTT 3.1.1 (OASIS, 2014) as a sensor needs that publishes: CONNECT, PUBLISH with QoS 1,
// PUBACK. A process for each message would cost more time than what is measured.
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

export class Publisher {
  #socket;
  #waiting = new Map();
  #last = 0;
  #rest = Buffer.alloc(0);

  static async open({ port, user, password }) {
    const self = new Publisher();
    self.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const accepted = new Promise((done, failed) => {
      self.#waiting.set(0, done);
      self.#socket.once('error', failed);
      self.#socket.once('close', () => failed(new Error('the broker hung up')));
    });
    self.#socket.on('data', (bytes) => self.#take(bytes));
    // Clean session, user name and password, no keep-alive: it lives as long as its test.
    const flags = Buffer.from([4, 0xc2, 0, 0]);
    self.#socket.write(packet(0x10, text('MQTT'), flags, text(`sensors-${process.pid}`), text(user),
      text(password)));
    const code = await accepted;
    if (code !== 0) throw new Error(`the broker refused the connection: ${code}`);
    return self;
  }

  #take(bytes) {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    // CONNACK and PUBACK, all that comes, have four bytes.
    while (this.#rest.length >= 4) {
      const id = this.#rest[0] === 0x20 ? 0 : this.#rest.readUInt16BE(2);
      this.#waiting.get(id)?.(this.#rest[3]);
      this.#waiting.delete(id);
      this.#rest = this.#rest.subarray(4);
    }
  }

  /** Resolves when the broker has it. */
  publish(topic, payload) {
    this.#last = (this.#last % 65535) + 1;
    const id = Buffer.alloc(2);
    id.writeUInt16BE(this.#last);
    const taken = new Promise((done) => { this.#waiting.set(this.#last, done); });
    this.#socket.write(packet(0x32, text(topic), id, Buffer.from(payload)));
    return taken;
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
