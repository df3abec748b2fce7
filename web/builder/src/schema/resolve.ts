import { keywords, type Schema } from './schema';

type Raw = Readonly<Record<string, unknown>>;

/** Reads schema files that refer to each other. Every file is read once; what is referred to twice is the same object. */
export class SchemaFiles {
  private readonly read = new Map<string, Schema>();
  private readonly files: Readonly<Record<string, unknown>>;

  constructor(files: Readonly<Record<string, unknown>>) {
    this.files = files;
  }

  get(path: string): Schema {
    const known = this.read.get(path);
    if (known) return known;
    const raw = this.files[path];
    if (typeof raw !== 'object' || raw === null) throw new Error(`There is no schema ${path}.`);
    const schema = this.resolve(raw as Raw, path);
    this.read.set(path, schema);
    return schema;
  }

  private resolve(raw: Raw, file: string): Schema {
    if (typeof raw.$ref === 'string') return this.get(resolvePath(file, raw.$ref));
    const schema: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(raw)) {
      if (keyword === '$schema') continue;
      if (!(keywords as readonly string[]).includes(keyword)) throw new Error(`${file} uses ${keyword}, which is not understood here.`);
      schema[keyword] =
        keyword === 'properties' ? Object.fromEntries(Object.entries(value as Raw).map(([name, member]) => [name, this.resolve(member as Raw, file)]))
        : keyword === 'anyOf' || keyword === 'allOf' ? (value as Raw[]).map(branch => this.resolve(branch, file))
        : keyword === 'items' || keyword === 'not' || keyword === 'additionalProperties' ? this.resolve(value as Raw, file)
        : value;
    }
    return schema;
  }
}

function resolvePath(from: string, reference: string): string {
  return new URL(reference, `schema:///${from}`).pathname.slice(1);
}
