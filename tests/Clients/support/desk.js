import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Inbox } from './inbox.js';
import { parley } from './server.js';

/** The agent of the tutorial: `bots/desk.js`, a program of its own, started in `parley shell`, which gives it all it needs. */
export class Desk {
  #process;

  static async open(server) {
    const desk = new Desk();
    desk.log = new Inbox('desk');
    desk.#process = spawn(parley, ['shell', '--data', server.data, '-c', `exec node '${join(import.meta.dirname, '../bots/desk.js')}'`],
      { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: desk.#process.stdout }).on('line', line => desk.log.push(line));
    await desk.says('online');
    return desk;
  }

  says(line) {
    return this.log.first(line, said => said === line);
  }

  /** Writes a message and waits until it is acknowledged with this number. */
  async publish(sequence, message) {
    this.#process.stdin.write(`${message}\n`);
    await this.says(`published ${sequence}`);
  }

  close() {
    this.#process.stdin.write('\n');
  }

  dispose() {
    this.#process.stdin.end();
  }
}
