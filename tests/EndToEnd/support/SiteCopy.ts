import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { builtSite } from './ParleyServer.ts';

/** The built pages in a folder of their own, where a newer build takes their place as an upgrade does it: of the former no file is left. */
export class SiteCopy {
  readonly folder: string;
  #builds = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<SiteCopy> {
    const copy = new SiteCopy(await mkdtemp(join(tmpdir(), 'parley-site-')));
    await copy.rebuild();
    return copy;
  }

  /** As if everything had changed: each asset has another name, in each file that speaks of it. `without`: assets that are missing. */
  async rebuild(without?: RegExp): Promise<void> {
    const mark = `n${++this.#builds}`;
    await rm(this.folder, { recursive: true });
    const renamed = (await readdir(join(builtSite, 'assets'))).filter(name => !/\.(br|gz)$/.test(name))
      .map(name => [name, name.replace(/(\.\w+)$/, `${mark}$1`)] as const);
    for (const entry of await readdir(builtSite, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || /^\.|\.(br|gz)$/.test(entry.name) || without?.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      const rename = (text: string) => renamed.reduce((renaming, [from, to]) => renaming.replaceAll(from, to), text);
      const to = join(this.folder, rename(path.slice(builtSite.length)));
      await mkdir(dirname(to), { recursive: true });
      await writeFile(to, rename(await readFile(path, 'utf8')));
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
