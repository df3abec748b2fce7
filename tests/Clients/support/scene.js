import { after, afterEach, before } from 'node:test';
import { Bot } from './bot.js';
import { Consumer } from './consumer.js';
import { Program } from './program.js';
import { Server } from './server.js';

/** A server for the tests of a file, and bots that end with their test. */
export class Scene {
  #ending = [];

  constructor() {
    before(async () => { this.server = await Server.start(); });
    after(() => this.server?.dispose());
    afterEach(async () => {
      await Promise.all(this.#ending.map(ends => ends.dispose()));
      this.#ending = [];
    });
  }

  /** A new agent's bot, connected. */
  async bot(login, ...words) {
    return this.connect(await this.server.addAgent(login, ...words));
  }

  manager() {
    return this.connect({ username: this.server.env.LP_MANAGER_USER, password: this.server.env.LP_MANAGER_PASS });
  }

  async connect(credentials) {
    const bot = new Bot(this.server, credentials);
    this.#ending.push(bot);
    await bot.emitted('connected');
    return bot;
  }

  /** A program of `bots/`, which is the agent of `lp.env` and takes work. */
  async program(name) {
    const program = await Program.online(this.server, `bots/${name}.js`);
    this.#ending.push(program);
    return program;
  }

  /** A new consumer whose client can do this. */
  async consumer(...features) {
    const consumer = await Consumer.withoutHeader(this.server, await this.server.newConsumer());
    await consumer.identify(features);
    this.#ending.push(consumer);
    return consumer;
  }
}
