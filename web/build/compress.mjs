// Puts a .br and a .gz beside every file of dist that becomes smaller by it: the server sends them as they are.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressible = /\.(?:css|html|js|json|svg|txt|webmanifest)$/;
const shorter = [
  ['.br', (bytes) => promisify(brotliCompress)(bytes, { params: {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  } })],
  ['.gz', (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION })],
];

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const files = (await readdir(dist, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

await Promise.all(files.filter((file) => compressible.test(file)).flatMap((file) => shorter.map(async ([ending, compress]) => {
  const bytes = await readFile(file);
  const compressed = await compress(bytes);
  if (compressed.length < bytes.length) await writeFile(file + ending, compressed);
  // What an earlier build left would be sent in place of the new file.
  else await rm(file + ending, { force: true });
})));
