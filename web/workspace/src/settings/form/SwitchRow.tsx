import { ErrorText, Switch } from '@parley/ui';
import type { Spec } from '../model/specs';
import { FieldNote } from './FieldNote';
import type { Source } from './Source';
import { useField } from './useField';

export function SwitchRow({ spec, source }: { spec: Spec; source: Source }) {
  const field = useField<boolean>(source.of, {
    label: spec.label,
    names: source.names,
    read: () => source.read(spec.key) === true,
    write: (on) => source.save(spec.key, on === spec.fallback ? null : on),
  });
  return (
    <div class="set-row set-row-switch">
      <Switch label={spec.label} hint={spec.hint} checked={field.value.value} disabled={source.locked} onChange={(on) => void field.set(on)} />
      <FieldNote
        field={field}
        isDefault={spec.fallback === undefined ? null : (source.read(spec.key) === true) === spec.fallback}
        fallback={spec.fallback === true ? 'on' : 'off'}
        disabled={source.locked}
        onReset={() => void field.set(spec.fallback === true)}
      />
      <ErrorText text={field.error.value} />
    </div>
  );
}
