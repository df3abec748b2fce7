import { SchemaFiles } from './resolve';

const folder = '../../../../src/Parley.Protocol/Schemas/';

/** A row of the server's index of schemas. */
export interface IndexRow {
  readonly type: string;
  readonly direction: 'request' | 'response' | 'notification';
  readonly dialects: readonly ('v3' | 'v2')[];
  readonly schema: string;
}

// The server's own files, bundled when this is built: they cannot differ from what the server of this build understands.
const files = import.meta.glob('../../../../src/Parley.Protocol/Schemas/**/*.json', { eager: true, import: 'default' });
const byPath = Object.fromEntries(Object.entries(files).map(([path, file]) => [path.slice(folder.length), file]));

export const index = byPath['index.json'] as readonly IndexRow[];
export const schemaFiles = new SchemaFiles(byPath);

/** The text of a schema as it stands in the repository. */
export function schemaSource(path: string): string {
  return JSON.stringify(byPath[path], null, 2);
}
