// Processes of our own. Each is ended by its id, also when a test ends the hard way.
import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';

const alive = new Set();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

export class Process {
  #child;
  #ended;

  /** Starts `program`; what it prints goes to `log`. */
  constructor(program, args, { log, env = process.env }) {
    this.log = log;
    const out = openSync(log, 'a');
    this.#child = spawn(program, args, { stdio: ['ignore', out, out], env });
    closeSync(out);
    alive.add(this.#child);
    this.#ended = new Promise((done) => {
      const over = () => { alive.delete(this.#child); done(); };
      this.#child.once('exit', over);
      this.#child.once('error', (error) => {
        appendFileSync(log, `${error.message}\n`);
        over();
      });
    });
  }

  get pid() { return this.#child.pid; }
  get running() { return alive.has(this.#child); }
  said() { return readFileSync(this.log, 'utf8'); }

  async stop(patienceMs = 10_000) {
    this.#child.kill('SIGTERM');
    const hard = setTimeout(() => this.#child.kill('SIGKILL'), patienceMs);
    if (this.running) await this.#ended;
    clearTimeout(hard);
  }
}

/** Runs a program to its end: its exit code and what it printed. */
export function run(program, args, input = '') {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { stdio: 'pipe' });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
    child.once('error', failed);
    child.once('close', (code) => done({ code, out, err }));
    child.stdin.on('error', () => {});  // it may not want to read
    child.stdin.end(input);
  });
}
