// Reads server-sent events as they come (WHATWG HTML, 9.2), with the cookie of a visitor.
import { request } from 'node:http';

import { eventually } from './wait.mjs';

export class Events {
  heard = [];
  comments = 0;
  over = false;

  static open(visitor, headers = {}, path = '/events') {
    const self = new Events();
    return new Promise((done, failed) => {
      self.request = request(`${visitor.url}/api/v1${path}`, {
        headers: { Cookie: visitor.cookie, Accept: 'text/event-stream', ...headers }, agent: false,
      }, (answer) => {
        self.status = answer.statusCode;
        self.headers = answer.headers;
        let rest = '';
        answer.setEncoding('utf8').on('data', (text) => {
          rest += text;
          const blocks = rest.split(/\r?\n\r?\n/);
          rest = blocks.pop();
          blocks.forEach((block) => self.#take(block));
        });
        answer.on('close', () => { self.over = true; });
        answer.on('error', () => { self.over = true; });
        self.answer = answer;
        done(self);
      });
      self.request.on('error', (error) => (self.answer ? undefined : failed(error)));
      self.request.end();
    });
  }

  #take(block) {
    const event = { name: 'message', id: '', data: [] };
    let any = false;
    for (const line of block.split(/\r?\n/)) {
      if (line.startsWith(':')) { this.comments += 1; continue; }
      const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line);
      if (field === 'event') event.name = value;
      if (field === 'id') event.id = value;
      if (field === 'data') { event.data.push(value); any = true; }
    }
    if (any) this.heard.push({ ...event, data: JSON.parse(event.data.join('\n')) });
  }

  next(what, is) { return eventually(what, () => this.heard.find(is)); }
  close() { this.request.destroy(); }
}
