#!/usr/bin/env node
// Stands in for parley, so that what tests one server tests three nodes: PARLEY=.ci/nodes.mjs. `serve` starts PostgreSQL and the
// nodes, whose first has the data folder that was named, and hands connections to them in turn; it ends, restarts and dies like one
// server. All other commands are parley's. PARLEY_NODE names the real executable.
import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const parley = process.env.PARLEY_NODE || join(here, '../artifacts/parley/parley');
const count = 3;
let database;

const [command, ...words] = process.argv.slice(2);
async function serve() {
  const [data, http, https] = ['--data', '--http', '--https'].map(take);
  // The demo is for a server that is alone.
  if (words.includes('--demo')) take('--demo');
  const nodes = [];
  let stopping = false;
  const [plain, tls] = [await balance(http, nodes, 'http'), await balance(https, nodes, 'https')];
  database = join(data, 'postgres');
  await startDatabase(data);

  const start = index => Node.start(index === 0 ? data : join(data, `node${index}`), ['--public-host', tls, ...words]);
  // The first of the first time makes the account, and the authority that all certificates come from.
  const first = await start(0);
  const others = await Promise.all(Array.from({ length: count - 1 }, async (_, index) => {
    const folder = join(data, `node${index + 1}`);
    await mkdir(folder, { recursive: true });
    for (const file of ['ca.pem', 'ca-key.pem']) await copyFile(join(data, file), join(folder, file));
    return await start(index + 1);
  }));
  nodes.push(first, ...others);
  await Promise.all(nodes.map(node => node.ready()));
  for (const node of nodes) node.process.once('exit', code => stopping || fail(`a node ended with ${code}`));
  console.log(`  HTTP   http://${plain}\nParley is ready`);

  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      const codes = await Promise.all(nodes.map(node => node.stop()));
      stopDatabase();
      process.exit(codes.find(code => code !== 0) ?? 0);
    });
  }
}

class Node {
  static async start(folder, more) {
    const node = new Node();
    const [http, https, between] = await Promise.all(Array.from({ length: 3 }, freePort));
    Object.assign(node, { http, https, output: '' });
    // They die with this process, however it ends.
    node.process = spawn('setpriv', ['--pdeathsig', 'KILL', parley, 'serve', '--data', folder, '--http', `127.0.0.1:${http}`, '--https', `127.0.0.1:${https}`,
      '--cluster', `Host=${database};Username=parley;Database=postgres`, '--between', `127.0.0.1:${between}`, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
    node.process.stdout.setEncoding('utf8');
    for await (const text of node.process.stdout.iterator({ destroyOnReturn: false })) {
      node.output += text;
      if (node.output.includes('Parley is ready')) break;
    }
    if (node.process.exitCode !== null || !node.output.includes('Parley is ready')) fail(`a node ended before it was ready:\n${node.output}`);
    node.process.stdout.resume();
    return node;
  }

  /** Takes work. */
  async ready() {
    while ((await fetch(`http://127.0.0.1:${this.http}/readyz`)).status !== 200) await new Promise(looked => setTimeout(looked, 50));
  }

  async stop() {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    return (await ended)[0];
  }
}

/** Listens, and gives each connection to the next node; returns where. */
async function balance(address, nodes, port) {
  let next = 0;
  const [host, wanted] = address.split(':');
  const listener = createServer({ allowHalfOpen: true }, client => {
    const node = nodes[next++ % nodes.length];
    if (!node) return client.destroy();
    const server = connect({ host: '127.0.0.1', port: node[port], allowHalfOpen: true });
    for (const socket of [client, server]) socket.setNoDelay(true);
    client.pipe(server).pipe(client);
    client.on('error', () => server.destroy()).on('close', () => server.destroy());
    server.on('error', () => client.resetAndDestroy()).on('close', () => client.destroy());
  }).listen(Number(wanted), host);
  await once(listener, 'listening');
  return `${host}:${listener.address().port}`;
}

async function startDatabase(data) {
  // Root gives the server another user, who must find his folder.
  await mkdir(database, { recursive: true });
  await chmod(data, 0o711);
  if (await isRunning()) return;
  execFileSync(join(here, 'postgres'), ['start', database], { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function isRunning() {
  try {
    process.kill(Number((await readFile(join(database, 'data/postmaster.pid'), 'utf8')).split('\n')[0]), 0);
    return true;
  } catch {
    return false;
  }
}

/** One that no connection is given meanwhile, as those could be that the system chooses. */
async function freePort() {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    const listener = createServer().listen(port, '127.0.0.1');
    const isFree = await new Promise(tried => listener.on('listening', () => tried(true)).on('error', () => tried(false)));
    listener.close();
    if (isFree) return port;
  }
}

/** Takes an option and its value out of the command line. */
function take(name) {
  const at = words.indexOf(name);
  return words.splice(at, 2)[1];
}

function stopDatabase() {
  execFileSync(join(here, 'postgres'), ['stop', database]);
}

function fail(message) {
  console.error(message);
  stopDatabase();
  process.exit(1);
}

if (command === 'serve') await serve();
else spawn(parley, process.argv.slice(2), { stdio: 'inherit' }).once('exit', (code, signal) => signal ? process.kill(process.pid, signal) : process.exit(code));
