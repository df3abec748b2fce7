import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface SwitchProps {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly checked: boolean;
  readonly disabled?: boolean;
  onChange(checked: boolean): void;
}

/** On or off, at once. For a choice that a form sends later there is {@link Checkbox}. */
export function Switch({ label, hint, checked, disabled, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div class="ui-switch-row">
      <button
        type="button"
        role="switch"
        class="ui-switch"
        aria-checked={checked}
        aria-labelledby={`${id}-label`}
        aria-describedby={hint ? `${id}-hint` : undefined}
        disabled={disabled}
        onClick={() => onChange(!checked)}
      >
        <span class="ui-switch-thumb" />
      </button>
      <div class="ui-switch-words">
        <span id={`${id}-label`} class="ui-switch-label" onClick={() => !disabled && onChange(!checked)}>
          {label}
        </span>
        {hint && (
          <span id={`${id}-hint`} class="ui-hint">
            {hint}
          </span>
        )}
      </div>
    </div>
  );
}
