import { useEffect, useMemo } from 'preact/hooks';
import { toast } from '@parley/ui';
import { Field, type FieldOptions } from '../model/field';
import { explainRefusal } from '../model/refusal';
import { watchField } from '../model/unsaved';

export type UseFieldOptions<V> = Omit<FieldOptions<V>, 'explain' | 'onSaved' | 'onLost'> & {
  /** How people call what the server calls by the key. */
  readonly names?: Readonly<Record<string, string>>;
};

/** A field for as long as the component is there and what it belongs to (`of`) stays the same. */
export function useField<V>(of: unknown, options: UseFieldOptions<V>): Field<V> {
  const field = useMemo(
    () =>
      new Field<V>({
        ...options,
        explain: (error) => explainRefusal(error, options.names),
        onSaved: (saved, undo) => void toast(`${saved.label}: saved`, { undo }),
        onLost: (lost, why) => void toast(`${lost.label} was not saved. ${why}`, { tone: 'danger' }),
      }),
    [of],
  );
  useEffect(() => watchField(field), [field]);
  return field;
}
