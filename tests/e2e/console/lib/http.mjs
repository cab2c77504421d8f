// One request with exactly these fields, as a program sends it: what a browser would add or forbid is
// left to the test. And whatever bytes an attacker would send.
import { request } from 'node:http';
import { connect } from 'node:net';

/** {status, headers, text, json} of the answer. `body` that is no text is sent as JSON. */
export function ask(url, { method = 'GET', headers = {}, body } = {}) {
  const fields = { ...headers };
  let bytes;
  if (body !== undefined) {
    bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    fields['Content-Length'] = bytes.length;
  }
  return new Promise((done, failed) => {
    const out = request(url, { method, headers: fields, agent: false }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', failed);
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        const type = answer.headers['content-type'] ?? '';
        const json = text && /[/+]json/.test(type) ? JSON.parse(text) : undefined;
        done({ status: answer.statusCode, headers: answer.headers, text, json });
      });
    });
    out.on('error', failed);
    out.end(bytes);
  });
}

/** Sends bytes as they are; resolves with what came back when the server hangs up or answered in
 *  full as far as `enough` can tell. */
export function raw(port, bytes, enough = (said) => said.includes('\r\n\r\n')) {
  return new Promise((done) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const over = () => { socket.destroy(); done(said); };
    socket.setEncoding('utf8').on('data', (text) => {
      said += text;
      if (enough(said)) over();
    });
    socket.on('close', over);
    socket.on('error', over);  // hung up while we still wrote
  });
}

export const statusOf = (said) => Number(/^HTTP\/1\.[01] (\d{3})/.exec(said)?.[1] ?? 0);
