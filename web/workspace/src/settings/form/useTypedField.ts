import type { Codec } from '../model/codec';
import { same } from '../model/field';
import type { Spec } from '../model/specs';
import type { Source } from './Source';
import { useField } from './useField';

/** A setting that is typed as text. */
export function useTypedField(spec: Spec, codec: Codec, source: Source) {
  const field = useField<string>(source.of, {
    label: spec.label,
    names: source.names,
    read: () => codec.format(source.read(spec.key)),
    check(typed) {
      const parsed = codec.parse(typed);
      return 'error' in parsed ? parsed.error : null;
    },
    write(typed) {
      const parsed = codec.parse(typed);
      const value = 'value' in parsed ? parsed.value : null;
      return source.save(spec.key, 'fallback' in spec && same(value, spec.fallback) ? null : value);
    },
  });
  const hasDefault = 'fallback' in spec;
  return {
    field,
    isDefault: hasDefault ? same(source.read(spec.key), spec.fallback) : null,
    fallback: hasDefault && spec.fallback !== null ? codec.format(spec.fallback) : undefined,
    reset: () => void field.set(hasDefault && spec.fallback !== null ? codec.format(spec.fallback) : ''),
  };
}

/** What every typed control does: Enter saves, Escape takes back, leaving saves. */
export const typing = (field: { type(value: string): void; commit(): Promise<void>; revert(): void; unsaved: { value: boolean } }) => ({
  onInput: (event: { currentTarget: { value: string } }) => field.type(event.currentTarget.value),
  onBlur: () => void field.commit(),
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key === 'Escape' && field.unsaved.value) {
      event.preventDefault();
      event.stopPropagation();
      field.revert();
    }
    if (event.key === 'Enter' && !(event.target instanceof HTMLTextAreaElement && !event.ctrlKey && !event.metaKey)) {
      event.preventDefault();
      void field.commit();
    }
  },
});
