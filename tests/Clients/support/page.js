import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A page of the documentation: what is in its code blocks is what the tests type. */
export class Page {
  #blocks = [];

  constructor(path) {
    let section, block;
    for (const line of readFileSync(join(import.meta.dirname, '../../..', path), 'utf8').split('\n')) {
      const fence = /^```(\w*)$/.exec(line);
      if (fence) this.#blocks.push(block = block ? undefined : { section, language: fence[1], lines: [] });
      else if (block) block.lines.push(line);
      else section = /^## (.*)/.exec(line)?.[1] ?? section;
    }
  }

  /** The lines of all blocks of a language in the section whose heading begins so. */
  lines(section, language) {
    return this.#blocks.filter(block => block?.language === language && block.section.startsWith(section)).flatMap(({ lines }) => lines);
  }

  /** The frames of a section that a client sends, with ids put in. */
  requests(section, ids = {}) {
    return this.lines(section, 'json').filter(line => line.startsWith('{"kind":"req"'))
      .map(line => line.replace(/__(\w+)__/g, (_, name) => ids[name] ?? assert.fail(`${name} is not known yet`)));
  }

  /** The frames of a section that the server sends. */
  answers(section) {
    return this.lines(section, 'json').filter(line => !line.startsWith('{"kind":"req"')).map(line => JSON.parse(line));
  }
}
