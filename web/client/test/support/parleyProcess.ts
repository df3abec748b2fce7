import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real server on a data folder and ports of its own, which can be killed and started again. */
export class ParleyProcess {
  readonly url: string;
  readonly #binary: string;
  readonly #folder: string;
  readonly #ports: readonly [number, number];
  #child: ChildProcess | null = null;

  private constructor(binary: string, folder: string, ports: readonly [number, number]) {
    this.#binary = binary;
    this.#folder = folder;
    this.#ports = ports;
    this.url = `http://127.0.0.1:${ports[0]}`;
  }

  static async start(binary: string): Promise<ParleyProcess> {
    const process = new ParleyProcess(binary, await mkdtemp(join(tmpdir(), 'parley-sdk-')), [await freePort(), await freePort()]);
    await process.start();
    return process;
  }

  async start(): Promise<void> {
    const [http, https] = this.#ports;
    const child = spawn(this.#binary, ['serve', '--data', this.#folder, '--http', `127.0.0.1:${http}`, '--https', `127.0.0.1:${https}`], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.once('exit', code => reject(new Error(`parley ended with ${code}`)));
      let output = '';
      child.stdout!.on('data', (data: Buffer) => {
        output += data.toString();
        if (output.includes('lp.env')) resolve();
      });
    });
  }

  /** As a crash does. */
  async kill(): Promise<void> {
    const child = this.#child!;
    this.#child = null;
    if (child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async environment(): Promise<Record<string, string>> {
    const lines = (await readFile(join(this.#folder, 'lp.env'), 'utf8')).split('\n').filter(line => line.includes('='));
    return Object.fromEntries(lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  }

  async remove(): Promise<void> {
    if (this.#child) await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
