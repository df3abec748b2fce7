import { Button, Icon } from '@parley/ui';
import type { Field } from '../model/field';

interface FieldNoteProps {
  readonly field: Field<any>;
  /** Whether it is as it would be if nobody had chosen; null where that is not known. */
  readonly isDefault: boolean | null;
  /** What the default is, in words. */
  readonly fallback?: string | undefined;
  readonly disabled: boolean;
  onReset(): void;
}

/** What became of a field, and the way back to its default. */
export function FieldNote({ field, isDefault, fallback, disabled, onReset }: FieldNoteProps) {
  switch (field.status.value) {
    case 'saving':
      return <span class="set-note">Saving…</span>;
    case 'typed':
      return <span class="set-note">Not saved yet</span>;
    case 'failed':
      return (
        <span class="set-note">
          Not saved{' '}
          <Button kind="quiet" size="small" onClick={() => field.revert()}>
            Discard
          </Button>
        </span>
      );
    default:
      return (
        <span class="set-note">
          {field.status.value === 'saved' && (
            <span class="set-saved">
              <Icon name="check" size={12} /> Saved
            </span>
          )}
          {isDefault === true && <span>Default</span>}
          {isDefault === false && !disabled && (
            <Button kind="quiet" size="small" icon="undo" aria-label={`${fallback === undefined ? 'Reset' : `Reset to ${fallback}`}: ${field.label}`} onClick={onReset}>
              {fallback === undefined ? 'Reset' : `Reset to ${fallback}`}
            </Button>
          )}
        </span>
      );
  }
}
