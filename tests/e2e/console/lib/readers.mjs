// Many open consoles in a process of their own, so that what they cost is not counted to whoever
// measures: opens as many streams as it is told, says how many alarms each heard, ends when told.
// In a real street they are phones with processors of their own: they run at the lowest priority here.
import { fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

import { Events } from './events.mjs';

/** An address for each console: behind a proxy it has one of its own, as phones have. */
export const address = (n) => `10.1.${Math.floor(n / 250)}.${(n % 250) + 1}`;

/** What a proxy says that took the request over TLS. */
export const through = (where) => ({ 'X-Forwarded-For': where, 'X-Forwarded-Proto': 'https' });

export class Readers {
  #child = fork(fileURLToPath(import.meta.url), ['reading']);

  #ask(what) {
    return new Promise((done, failed) => {
      this.#child.once('message', (said) => (said.failed ? failed(new Error(said.failed)) : done(said)));
      this.#child.send(what);
    });
  }

  /** Resolves when `count` are open, eight for each of the visitors' sessions. */
  open(visitors, count) {
    return this.#ask({ url: visitors[0].url, cookies: visitors.map((one) => one.cookie), count });
  }
  /** How many alarms the one heard that heard fewest. */
  async fewest() { return (await this.#ask({ tell: true })).fewest; }
  close() { this.#child.kill(); }
}

if (process.argv[2] === 'reading') {
  setPriority(19);
  const open = [];
  process.on('message', async ({ url, cookies, count, tell }) => {
    try {
      for (let n = 0; n < (count ?? 0); n += 1) {
        const one = await Events.open({ url, cookie: cookies[Math.floor(n / 8)] }, through(address(n)));
        if (one.status !== 200) throw new Error(`a console was refused: ${one.status}`);
        open.push(one);
      }
      const alarms = (one) => one.heard.filter((event) => event.name === 'alert').length;
      process.send(tell ? { fewest: Math.min(...open.map(alarms)) } : {});
    } catch (error) {
      process.send({ failed: error.message });
    }
  });
  process.on('disconnect', () => process.exit());
}
