import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Brand } from './Brand.ts';
import { Inbox } from './Inbox.ts';

const parley = resolve(process.env.PARLEY || join(import.meta.dirname, '../../../artifacts/parley/parley'));
// Pages built elsewhere, for work on them; without, those beside the executable.
const site = process.env.PARLEY_SITE && resolve(process.env.PARLEY_SITE);

/** The folder of the built pages. */
export const builtSite = site || join(dirname(process.env.PARLEY_NODE || parley), 'site');

/** A `parley serve` of its own, with the demo's account: a fresh folder, ports that it keeps when it is started again. */
export class ParleyServer {
  readonly data: string;
  readonly url: string;
  readonly #arguments: readonly string[];
  #process: ChildProcess | null = null;
  #output = new Inbox<string>('parley serve');
  #brands = 0;

  private constructor(data: string, http: number, https: number, more: readonly string[]) {
    this.data = data;
    this.url = `http://127.0.0.1:${http}`;
    this.#arguments = ['serve', '--data', data, '--http', `127.0.0.1:${http}`, '--https', `127.0.0.1:${https}`, '--demo', 'on', ...(site && !more.includes('--site') ? ['--site', site] : []), ...more];
  }

  static async start(...more: string[]): Promise<ParleyServer> {
    const [http, https] = await freePorts(2);
    const server = new ParleyServer(await mkdtemp(join(tmpdir(), 'parley-browser-')), http!, https!, more);
    await server.restart();
    return server;
  }

  /** Ends it as a power cut would. */
  async crash(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Starts it on the same folder and ports, after it ended. */
  async restart(): Promise<void> {
    const output = new Inbox<string>('parley serve');
    this.#output = output;
    const started = spawn(parley, this.#arguments, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = started;
    for (const stream of [started.stdout, started.stderr]) stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
    started.once('exit', (code, signal) => output.push(`exited: ${code ?? signal}`));
    await output.until('"Parley is ready"', () => (/Parley is ready|exited: /.test(output.items.join('')) ? true : undefined), 30_000);
    if (started.exitCode !== null) throw new Error(`parley serve ended:\n${this.log}`);
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    await rm(this.data, { recursive: true, force: true });
  }

  get log(): string {
    return this.#output.items.join('');
  }

  /** The variables of `lp.env`. */
  async environment(): Promise<Readonly<Record<string, string>>> {
    const lines = (await readFile(join(this.data, 'lp.env'), 'utf8')).split('\n').filter(line => line.includes('='));
    return Object.fromEntries(lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  }

  /** Runs an operator's command, like `cli('skill', 'add', …)`, and gives what it printed. */
  async cli(...words: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(parley, [...words, '--data', this.data]);
    return stdout;
  }

  /** Asks the admin API of an account as the operator. */
  async admin<T>(account: string, method: string, path: string, body?: unknown): Promise<T> {
    const { url, operatorToken } = await this.#running();
    const answer = await fetch(`${url}/api/account/${account}/admin/${path}`, {
      method,
      headers: { Authorization: `Bearer ${operatorToken}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** A new account, in which a test disturbs no other. */
  async brand(settings: Readonly<Record<string, unknown>> = {}): Promise<Brand> {
    const account = `brand${++this.#brands}`;
    await this.cli('account', 'add', '--account', account);
    const brand = new Brand(this, account);
    if (Object.keys(settings).length > 0) await brand.set(settings);
    return brand;
  }

  /** The account of the demo, with its agents. */
  async demo(): Promise<Brand> {
    return new Brand(this, (await this.environment())['LP_ACCOUNT']!);
  }

  /** How many violations of the pages' policy browsers have reported. */
  async policyReports(): Promise<number> {
    const text = await (await fetch(`${(await this.#running()).url}/metrics`)).text();
    return [...text.matchAll(/^parley_site_csp_reports\S* (\d+)/gm)].reduce((sum, match) => sum + Number(match[1]), 0);
  }

  /** What the server tells of itself to operators of its machine; where it stands for several, one of them does. */
  async #running(): Promise<{ readonly url: string; readonly operatorToken: string }> {
    return JSON.parse(await readFile(join(this.data, 'server.json'), 'utf8'));
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const ending = this.#process;
    this.#process = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, 'exit');
    ending.kill(signal);
    await ended;
  }
}

async function freePorts(count: number): Promise<number[]> {
  const listeners = await Promise.all(Array.from({ length: count }, async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return listener;
  }));
  const ports = listeners.map(listener => (listener.address() as AddressInfo).port);
  await Promise.all(listeners.map(listener => new Promise(closed => listener.close(closed))));
  return ports;
}
