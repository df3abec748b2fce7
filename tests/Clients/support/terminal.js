import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { Inbox } from './inbox.js';

const quote = word => `'${word.replaceAll("'", `'\\''`)}'`;

/** A program on a terminal of its own, at which lines are typed and of which the screen is read. */
export class Terminal {
  #process;
  #screen = '';

  constructor(program, words, environment = {}) {
    this.output = new Inbox(`terminal of ${program}`);
    this.#process = spawn('script', ['--quiet', '--flush', '--return', '--command', [program, ...words].map(quote).join(' '), '/dev/null'],
      { env: { ...process.env, ...environment, TERM: 'xterm', SHELL: '/bin/sh', PS1: '$ ' }, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process.stdout.setEncoding('utf8').on('data', text => {
      this.#screen += stripVTControlCharacters(text);
      this.output.push(text);
    });
    this.#process.once('exit', code => {
      this.exit = code;
      this.output.push({ exited: code });
    });
  }

  type(line) {
    this.#process.stdin.write(`${line}\r`);
  }

  /** Presses Ctrl and a letter. */
  control(letter) {
    this.#process.stdin.write(String.fromCharCode(letter.charCodeAt(0) & 31));
  }

  /** Waits until the screen shows what the pattern matches. */
  shows(pattern) {
    return this.output.until(String(pattern), () => pattern.exec(this.#screen) ?? undefined);
  }

  /** The first frame on the screen that matches. */
  frame(what, matches) {
    return this.output.until(what, () => this.frames.find(matches));
  }

  /** Forgets what the screen shows. */
  clear() {
    this.#screen = '';
  }

  /** The frames that the screen shows, however they are laid out. */
  get frames() {
    return this.#screen.split(/^< (?=\{)|\r< (?=\{)/m).slice(1).flatMap(text => {
      for (let end = text.indexOf('}'); end >= 0; end = text.indexOf('}', end + 1)) {
        try {
          return [JSON.parse(text.slice(0, end + 1).replaceAll('\r\n', ''))];
        } catch {
          // Not its last brace yet.
        }
      }
      return [];
    });
  }

  async ended() {
    await this.output.until('the end', () => this.exit !== undefined ? true : undefined);
    return this.exit;
  }

  dispose() {
    if (this.exit === undefined) this.#process.kill();
  }
}
