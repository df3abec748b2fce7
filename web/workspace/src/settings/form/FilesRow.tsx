import { Checkbox, ErrorText } from '@parley/ui';
import { useId } from 'preact/hooks';
import type { Spec } from '../model/specs';
import { FieldNote } from './FieldNote';
import type { Source } from './Source';
import { useField } from './useField';

const kinds = ['JPG', 'JPEG', 'PNG', 'GIF', 'PDF', 'TXT', 'DOCX', 'PPTX', 'XLSX'];

/** Which kinds of files; at least one, else sharing is turned off as a whole. */
export function FilesRow({ spec, source }: { spec: Spec; source: Source }) {
  const id = useId();
  const field = useField<string>(source.of, {
    label: spec.label,
    names: source.names,
    read: () => String(source.read(spec.key) ?? ''),
    check: (types) => (types === '' ? 'Choose at least one, or turn sharing off.' : null),
    write: (types) => source.save(spec.key, types === spec.fallback ? null : types),
  });
  const chosen = field.value.value.split(' ').filter(Boolean);
  const choose = (kind: string, on: boolean) => void field.set(kinds.filter((one) => (one === kind ? on : chosen.includes(one))).join(' '));
  return (
    <div class="set-row set-row-plain" role="group" aria-labelledby={id}>
      <span id={id} class="ui-label">
        {spec.label}
      </span>
      <div class="set-control">
        <span class="set-checks">
          {kinds.map((kind) => (
            <Checkbox key={kind} label={kind} checked={chosen.includes(kind)} disabled={source.locked} onChange={(on) => choose(kind, on)} />
          ))}
        </span>
        <FieldNote field={field} isDefault={field.value.value === spec.fallback} fallback="all kinds" disabled={source.locked} onReset={() => void field.set(String(spec.fallback))} />
        <ErrorText text={field.error.value} />
      </div>
    </div>
  );
}
