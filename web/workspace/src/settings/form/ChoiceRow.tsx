import { Select, type SelectOption } from '@parley/ui';
import { FieldNote } from './FieldNote';
import type { Source } from './Source';
import { useField } from './useField';

interface ChoiceRowProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly SelectOption[];
  /** What holds when nothing was chosen; absent where something always is. */
  readonly fallback?: string;
  readonly source: Source;
}

/** One of several, saved when it is chosen. `''` stands for null. */
export function ChoiceRow({ name, label, hint, options, fallback, source }: ChoiceRowProps) {
  const field = useField<string>(source.of, {
    label,
    names: source.names,
    read: () => String(source.read(name) ?? ''),
    write: (value) => source.save(name, value === '' ? null : value),
  });
  return (
    <div class="set-row set-row-choice">
      <Select label={label} hint={hint} error={field.error.value} data-setting={name} value={field.value.value} options={options} disabled={source.locked} onValue={(value) => void field.set(value)} />
      <FieldNote field={field} isDefault={fallback === undefined ? null : field.value.value === fallback} disabled={source.locked} onReset={() => void field.set(fallback ?? '')} />
    </div>
  );
}
