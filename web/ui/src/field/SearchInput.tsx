import type { Ref } from 'preact';
import { Icon } from '../icon/Icon';
import { KeyHints } from '../keys/KeyHints';
import { spokenKeys } from '../keys/keys';

export interface SearchInputProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  /** The key that comes here, shown while it is empty. */
  readonly keys?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
  onValue(value: string): void;
  onKeyDown?(event: KeyboardEvent): void;
}

/** Escape empties it, a second Escape leaves it. */
export function SearchInput({ label, value, placeholder, keys, inputRef, onValue, onKeyDown }: SearchInputProps) {
  return (
    <div class="ui-search">
      <Icon name="search" />
      <input
        ref={inputRef ?? null}
        type="search"
        class="ui-search-input"
        aria-label={label}
        aria-keyshortcuts={keys === undefined ? undefined : spokenKeys(keys)}
        placeholder={placeholder ?? label}
        value={value}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onValue(event.currentTarget.value)}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (event.key !== 'Escape' || event.defaultPrevented) return;
          event.preventDefault();
          if (value === '') event.currentTarget.blur();
          else onValue('');
        }}
      />
      {value === '' ? (
        keys !== undefined && <KeyHints keys={keys} />
      ) : (
        <button type="button" class="ui-search-clear" aria-label="Clear search" onClick={() => onValue('')}>
          <Icon name="close" size={12} />
        </button>
      )}
    </div>
  );
}
