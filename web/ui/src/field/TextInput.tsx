import type { PartialInputHTMLAttributes } from 'preact';
import { Field, type FieldLabels } from './Field';

export interface TextInputProps extends FieldLabels, Omit<PartialInputHTMLAttributes<HTMLInputElement>, keyof FieldLabels | 'value'> {
  readonly value: string;
  onValue(value: string): void;
}

export function TextInput({ label, hint, error, hideLabel, class: more, value, onValue, ...rest }: TextInputProps) {
  return (
    <Field label={label} hint={hint} error={error} {...(hideLabel ? { hideLabel } : {})} {...(more ? { class: more } : {})}>
      {(ids) => <input type="text" {...(rest as object)} {...ids} class="ui-input" value={value} onInput={(event) => onValue(event.currentTarget.value)} />}
    </Field>
  );
}
