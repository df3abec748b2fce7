import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Bytes, compressed with brotli. */
export const limits = { loader: 4_000, opened: 30_000 };

export interface Sizes {
  /** What every visitor of a brand's page loads. */
  readonly loader: number;
  /** What one loads who opens the window, the largest language included. */
  readonly opened: number;
}

export function measure(dist: string): Sizes {
  const size = (path: string) => brotliCompressSync(readFileSync(join(dist, path))).length;
  const loader = readFileSync(join(dist, 'window.js'), 'utf8');
  const panel = /\/(assets\/window-[\w-]+\.js)/.exec(loader)?.[1];
  if (!panel) throw new Error('window.js names no panel');
  const languages = [...new Set([...readFileSync(join(dist, panel), 'utf8').matchAll(/window-[a-z]{2}-[\w-]+\.js/g)].map(match => match[0]))];
  const present = new Set(readdirSync(join(dist, 'assets')));
  if (languages.length !== 6 || !languages.every(name => present.has(name))) throw new Error(`Languages: ${languages.join(' ')}`);
  const loaderSize = size('window.js');
  return { loader: loaderSize, opened: loaderSize + size(panel) + Math.max(...languages.map(name => size(`assets/${name}`))) };
}

/** Prints what the window weighs, and fails the build when it is too much. */
export const checkSize = (dist: string): Plugin => ({
  name: 'window-size',
  closeBundle() {
    const { loader, opened } = measure(dist);
    this.info(`window.js ${loader} bytes, with the window open ${opened} bytes (brotli)`);
    if (loader > limits.loader || opened > limits.opened) this.error(`The window is too large: at most ${limits.loader} and ${limits.opened} bytes`);
  },
});
