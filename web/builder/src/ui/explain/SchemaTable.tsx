import { Badge } from '@parley/ui';
import type { Shape } from '../../schema/shape';
import { Words } from './Words';
import { kindInWords } from './words';

interface Row {
  readonly path: string;
  readonly depth: number;
  readonly name: string;
  readonly required: boolean | null;
  readonly shape: Shape;
}

/** A schema to read: every member with what it takes and what it means. */
export function SchemaTable({ shape, caption }: { readonly shape: Shape; readonly caption: string }) {
  return (
    <div class="b-schema" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption class="ui-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">Takes</th>
            <th scope="col">Means</th>
          </tr>
        </thead>
        <tbody>
          {[...rows(shape, '', 0)].map(({ path, depth, name, required, shape: inner }) => (
            <tr key={path} class={required === null ? 'is-variant' : undefined}>
              <th scope="row" style={{ paddingInlineStart: `${8 + depth * 14}px` }}>
                {required === null ? <span>{name}</span> : <code>{name}</code>}
                {required && <Badge>required</Badge>}
              </th>
              <td>{required === null ? '' : kindInWords(inner)}</td>
              <td>
                <Words text={inner.description} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function* rows(shape: Shape, path: string, depth: number): Generator<Row> {
  for (const { name, required, shape: inner } of shape.members) {
    const own = `${path}.${name}`;
    yield { path: own, depth, name, required, shape: inner };
    yield* rows(inner, own, depth + 1);
  }
  if (shape.items) {
    if (shape.items.members.length > 0 || shape.items.variants.length > 0) yield* rows(shape.items, `${path}[]`, depth);
  }
  for (const [index, variant] of shape.variants.entries()) {
    if (variant.members.length === 0 && variant.variants.length === 0 && !variant.items?.members.length && !variant.items?.variants.length) continue;
    const own = `${path}|${index}`;
    if (variant.title) yield { path: own, depth, name: variant.title, required: null, shape: variant };
    yield* rows(variant, own, depth + (variant.title ? 1 : 0));
  }
}
