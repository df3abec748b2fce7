import { useId } from 'preact/hooks';
import { IconButton } from '@parley/ui';
import { checkRange, type Range } from '../model/hours';

interface RangeInputsProps {
  /** Of which day, for the names of the inputs. */
  readonly day: string;
  readonly range: Range;
  readonly showErrors: boolean;
  readonly locked: boolean;
  onType(range: Range): void;
  onRemove(): void;
}

/** From when to when. */
export function RangeInputs({ day, range, showErrors, locked, onType, onRemove }: RangeInputsProps) {
  const id = useId();
  const wrong = showErrors ? checkRange(range) : null;
  const input = (end: 'from' | 'to') => (
    <input
      type="text"
      inputMode="numeric"
      class="ui-input set-time"
      aria-label={`${day}, ${end === 'from' ? 'from' : 'until'}`}
      aria-invalid={wrong !== null || undefined}
      aria-describedby={wrong === null ? undefined : id}
      autocomplete="off"
      maxLength={5}
      placeholder={end === 'from' ? '09:00' : '17:00'}
      value={range[end]}
      disabled={locked}
      onInput={(event) => onType({ ...range, [end]: event.currentTarget.value })}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
  return (
    <span class={`set-range ${wrong === null ? '' : 'is-invalid'}`}>
      {input('from')}
      <span aria-hidden="true">–</span>
      {input('to')}
      {!locked && <IconButton size="small" icon="close" label={`Remove ${range.from} to ${range.to} on ${day}`} onClick={onRemove} />}
      {wrong !== null && (
        <span id={id} class="ui-error">
          {wrong}
        </span>
      )}
    </span>
  );
}
