import type { PartialSelectHTMLAttributes } from 'preact';
import { Field, type FieldLabels } from './Field';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

export interface SelectProps extends FieldLabels, Omit<PartialSelectHTMLAttributes<HTMLSelectElement>, keyof FieldLabels | 'value'> {
  readonly value: string;
  readonly options: readonly SelectOption[];
  onValue(value: string): void;
}

export function Select({ label, hint, error, hideLabel, class: more, value, options, onValue, ...rest }: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error} {...(hideLabel ? { hideLabel } : {})} {...(more ? { class: more } : {})}>
      {(ids) => (
        <select {...(rest as object)} {...ids} class="ui-input ui-select" value={value} onChange={(event) => onValue(event.currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
