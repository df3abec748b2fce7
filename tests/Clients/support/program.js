import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Inbox } from './inbox.js';
import { parley } from './server.js';

/** A program of its own, started by node in `parley shell`, which gives it all it needs; what it prints are its lines. */
export class Program {
  #process;

  /** Starts it and waits until its agent takes work. */
  static async online(server, file) {
    const program = new Program(server, file);
    await program.says('online');
    return program;
  }

  constructor(server, file) {
    this.log = new Inbox(file);
    this.#process = spawn(parley, ['shell', '--data', server.data, '-c', `exec node '${file}'`],
      { cwd: join(import.meta.dirname, '..'), stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#process.stdout }).on('line', line => this.log.push(line));
  }

  says(line) {
    return this.log.first(line, said => said === line);
  }

  /** What stood behind a word in the lines that begin with it. */
  all(word) {
    return this.log.items.filter(line => line.startsWith(`${word} `)).map(line => line.slice(word.length + 1));
  }

  write(text) {
    this.#process.stdin.write(text);
  }

  async dispose() {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.stdin.end();
    await ended;
  }
}
