// Somebody who speaks to the console's interface: keeps the cookie and the token of a session.
import { ask } from './http.mjs';

export class Visitor {
  cookie = '';
  csrf = '';

  constructor(url) { this.url = url; }

  /** `headers` replace those that a page of the console would send; undefined leaves one out. */
  async ask(method, path, body, headers = {}) {
    // As a proxy would say it; a gateway that expects none does not look at it.
    const fields = { 'Sec-Fetch-Site': 'same-origin', Origin: this.url, 'X-Forwarded-Proto': 'https' };
    if (this.cookie) fields.Cookie = this.cookie;
    if (method !== 'GET') {
      fields['Content-Type'] = 'application/json';
      if (this.csrf) fields['X-CSRF-Token'] = this.csrf;
    }
    Object.assign(fields, headers);
    for (const name of Object.keys(fields)) if (fields[name] === undefined) delete fields[name];
    const answer = await ask(`${this.url}/api/v1${path}`, { method, headers: fields, body });
    for (const line of answer.headers['set-cookie'] ?? []) [this.cookie] = line.split(';');
    if (answer.json?.csrf) {
      this.csrf = answer.json.csrf;
      this.account = answer.json.account;
    }
    return answer;
  }

  get(path, headers) { return this.ask('GET', path, undefined, headers); }
  post(path, body = {}, headers = {}) { return this.ask('POST', path, body, headers); }
  patch(path, body) { return this.ask('PATCH', path, body); }
  delete(path) { return this.ask('DELETE', path); }

  /** What a call answers that has to succeed. */
  async must(method, path, body) {
    const answer = await this.ask(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  }

  async login(name, password) { return this.must('POST', '/session', { name, password }); }
}
