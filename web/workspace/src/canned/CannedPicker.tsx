import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '@parley/ui';
import type { CannedAnswer } from '@parley/client/admin';
import { fillAll, placeholders, type PlaceholderValues } from './placeholders';

interface CannedPickerProps {
  /** Null while they are being fetched. */
  readonly found: readonly CannedAnswer[] | null;
  readonly error: string | null;
  readonly at: number;
  readonly values: PlaceholderValues;
  onPick(answer: CannedAnswer): void;
  onPoint(index: number): void;
}

/** The answers that fit what is typed, and how the chosen one reads with its placeholders filled in. The focus stays in the composer. */
export function CannedPicker({ found, error, at, values, onPick, onPoint }: CannedPickerProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector('[aria-selected=true]')?.scrollIntoView?.({ block: 'nearest' }), [at]);
  if (found === null) return <p class="canned canned-empty">{error === null ? 'Loading canned answers…' : `Canned answers cannot be loaded: ${error}`}</p>;
  const chosen = found[at];
  const preview = chosen && fillAll(chosen.text, values);
  return (
    <div class="canned">
      <ul ref={list} id="canned-list" role="listbox" aria-label="Canned answers" class="canned-list">
        {found.map((answer, index) => (
          <li
            key={answer.id}
            id={`canned-${index}`}
            role="option"
            class="canned-one"
            aria-selected={index === at}
            onMouseMove={() => index !== at && onPoint(index)}
            onMouseDown={(event) => {
              event.preventDefault();
              onPick(answer);
            }}
          >
            <span class="canned-title">{answer.title}</span>
            {answer.shortcut && <span class="canned-shortcut">/{answer.shortcut}</span>}
            {answer.category && <span class="canned-category">{answer.category}</span>}
          </li>
        ))}
      </ul>
      {preview && (
        <div class="canned-preview" aria-live="polite">
          <p class="canned-text">{preview.text}</p>
          {preview.missing.length > 0 && (
            <p class="canned-missing">
              <Icon name="alert" size={12} /> Not known: {preview.missing.map((name) => placeholders.find((one) => one.name === name)?.meaning.toLowerCase() ?? name).join(', ')}. Fill it in
              before you send.
            </p>
          )}
        </div>
      )}
    </div>
  );
}
