import type { TextareaHTMLAttributes } from 'preact';
import { Field, type FieldLabels } from './Field';

export interface TextAreaProps extends FieldLabels, Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, keyof FieldLabels | 'value'> {
  readonly value: string;
  onValue(value: string): void;
}

export function TextArea({ label, hint, error, hideLabel, class: more, value, onValue, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} {...(hideLabel ? { hideLabel } : {})} {...(more ? { class: more } : {})}>
      {(ids) => <textarea rows={4} {...rest} {...ids} class="ui-input ui-textarea" value={value} onInput={(event) => onValue(event.currentTarget.value)} />}
    </Field>
  );
}
