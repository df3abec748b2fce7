// Makes dist/ a package of its own: what `npm pack ./dist` and `npm publish ./dist` take.
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';

const here = new URL('./', import.meta.url);
const dist = new URL('dist/', here);

// Declarations name files as every resolution of modules finds them.
for (const name of await readdir(dist, { recursive: true })) {
  if (!name.endsWith('.d.ts')) continue;
  const file = new URL(name, dist);
  await writeFile(file, (await readFile(file, 'utf8')).replace(/(from '\.[^']*)'/g, "$1.js'"));
}

const { private: _, scripts: _scripts, exports: _exports, ...manifest } = JSON.parse(await readFile(new URL('package.json', here), 'utf8'));
await writeFile(
  new URL('package.json', dist),
  `${JSON.stringify({ ...manifest, exports: { '.': entry('index'), './admin': entry('admin/index') } }, null, 2)}\n`,
);
await copyFile(new URL('README.md', here), new URL('README.md', dist));
await copyFile(new URL('../../LICENSE', here), new URL('LICENSE', dist));

function entry(name) {
  return { types: `./${name}.d.ts`, default: `./${name}.js` };
}
