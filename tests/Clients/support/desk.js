import { Program } from './program.js';

/** The agent of the tutorial: the program `bots/desk.js`. */
export class Desk {
  #program;

  static async open(server) {
    const desk = new Desk();
    desk.#program = await Program.online(server, 'bots/desk.js');
    return desk;
  }

  get log() {
    return this.#program.log;
  }

  says(line) {
    return this.#program.says(line);
  }

  /** Writes a message and waits until it is acknowledged with this number. */
  async publish(sequence, message) {
    this.#program.write(`${message}\n`);
    await this.says(`published ${sequence}`);
  }

  close() {
    this.#program.write('\n');
  }

  dispose() {
    return this.#program.dispose();
  }
}
