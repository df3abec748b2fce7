import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { globalAgent } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Inbox } from './inbox.js';

export const parley = resolve(process.env.PARLEY || join(import.meta.dirname, '../../../artifacts/parley/parley'));

const variables = text => Object.fromEntries(text.split('\n').filter(line => line.includes('='))
  .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));

/** A `parley serve` of its own: a fresh folder, free ports, gone with everything it kept at the end. */
export class Server {
  #process;

  static async start() {
    const server = new Server();
    server.data = await mkdtemp(join(tmpdir(), 'parley-clients-'));
    await server.#run('127.0.0.1:0', '127.0.0.1:0');
    // Programs of their own get the authority by NODE_EXTRA_CA_CERTS; what runs in this process was started before there was one.
    server.ca = await readFile(server.env.NODE_EXTRA_CA_CERTS);
    globalAgent.options.ca = server.ca;
    return server;
  }

  /** Ends the process as an operator does and waits for it. */
  async stop(signal = 'SIGTERM') {
    const ended = once(this.#process, 'exit');
    this.#process.kill(signal);
    const [code] = await ended;
    return code;
  }

  /** Starts it again on the same folder and addresses. */
  startAgain() {
    return this.#run(this.http, this.env.LP_CSDS);
  }

  async dispose() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await this.stop();
    await rm(this.data, { recursive: true });
  }

  /** Runs an operator's command on this server's folder and returns what it printed. */
  async operate(...words) {
    const { stdout } = await promisify(execFile)(parley, [...words, '--data', this.data]);
    return stdout;
  }

  /** A new agent with a generated password. */
  async addAgent(login, ...words) {
    const { password } = JSON.parse(await this.operate('agent', 'add', '--login', login, '--role', 'agent', '--json', ...words));
    return { username: login, password };
  }

  async addKeys(login) {
    const keys = variables(await this.operate('agent', 'keys', '--login', login));
    return {
      username: login,
      appKey: keys.LP_APP_KEY, secret: keys.LP_SECRET,
      accessToken: keys.LP_ACCESS_TOKEN, accessTokenSecret: keys.LP_ACCESS_TOKEN_SECRET,
    };
  }

  /** A token of a consumer nobody has seen before. */
  async newConsumer() {
    const response = await fetch(`http://${this.http}/api/account/${this.env.LP_ACCOUNT}/signup`, { method: 'POST' });
    return (await response.json()).jwt;
  }

  async #run(http, https) {
    const output = new Inbox('parley serve');
    this.#process = spawn(parley, ['serve', '--data', this.data, '--http', http, '--https', https], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process.stdout.setEncoding('utf8').on('data', text => output.push(text));
    this.#process.stderr.setEncoding('utf8').on('data', text => output.push(text));
    this.#process.once('exit', code => output.push({ exited: code }));
    await output.first('"Parley is ready"', item => item.exited !== undefined || item.includes('Parley is ready'));
    if (this.#process.exitCode !== null) throw new Error(`parley serve ended:\n${output.items.map(String).join('')}`);
    this.http = /http:\/\/(\S+)/.exec(output.items.join(''))[1];
    this.env = variables(await readFile(join(this.data, 'lp.env'), 'utf8'));
  }
}
