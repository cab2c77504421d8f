// A group robot: takes what it is told and answers that it has.
import { createServer } from 'node:http';

export class Robot {
  heard = [];
  #server;

  static async open() {
    const self = new Robot();
    self.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text) => { body += text; });
      request.on('end', () => {
        self.heard.push(JSON.parse(body));
        response.end('{}');
      });
    });
    await new Promise((done) => { self.#server.listen(0, '127.0.0.1', done); });
    return self;
  }

  get url() { return `http://127.0.0.1:${this.#server.address().port}/robot`; }
  /** What it was told about an alert. */
  about(alert) { return this.heard.filter((one) => one.subject === alert); }
  close() {
    this.#server.close();
    this.#server.closeAllConnections?.();
  }
}
