import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { ErrorText } from './ErrorText';

export interface FieldLabels {
  readonly label: string;
  readonly hint?: ComponentChildren;
  /** What is wrong and what to do about it. */
  readonly error?: string | null | undefined;
  /** The label is for assistive tools alone, where the place says it already. */
  readonly hideLabel?: boolean;
  readonly class?: string;
}

export interface ControlIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

export interface FieldProps extends FieldLabels {
  children(control: ControlIds): ComponentChildren;
}

/** A label, a control, a hint and an error, bound together for assistive tools. */
export function Field({ label, hint, error, hideLabel, class: more, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class={`ui-field ${error ? 'is-invalid' : ''} ${more ?? ''}`}>
      <label for={id} class={hideLabel ? 'ui-hidden' : 'ui-label'}>
        {label}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} class="ui-hint">
          {hint}
        </p>
      )}
      <ErrorText id={`${id}-error`} text={error} />
    </div>
  );
}
