import { useRef } from 'preact/hooks';
import { Field as Labelled } from '@parley/ui';
import { insertAt, previewOf } from '../model/placeholders';
import type { Spec } from '../model/specs';
import { FieldNote } from './FieldNote';
import { Preview } from './Preview';
import type { Source } from './Source';
import { typing, useTypedField } from './useTypedField';

interface LongRowProps {
  readonly spec: Spec;
  readonly kind: Extract<Spec['kind'], { is: 'long' }>;
  readonly source: Source;
  readonly required?: boolean;
}

/** A text of some lines with placeholders, and how it will read. */
export function LongRow({ spec, kind, source, required = false }: LongRowProps) {
  const { field, reset } = useTypedField(spec, kind.codec, source);
  const area = useRef<HTMLTextAreaElement>(null);
  const text = field.value.value;
  const insert = (name: string) => {
    const element = area.current!;
    const { text: next, caret } = insertAt(text, name, element.selectionStart, element.selectionEnd);
    field.type(next);
    element.focus();
    // The element gets its text when it is drawn.
    requestAnimationFrame(() => element.setSelectionRange(caret, caret));
  };
  return (
    <Labelled class="set-row" label={spec.label} hint={spec.hint} error={field.error.value}>
      {(ids) => (
        <div class="set-control">
          <textarea
            {...ids}
            {...typing(field)}
            ref={area}
            class="ui-input ui-textarea"
            data-setting={spec.key}
            rows={3}
            value={text}
            placeholder={required ? undefined : 'None is written'}
            disabled={source.locked}
          />
          {kind.placeholders.length > 0 && !source.locked && (
            <span class="set-placeholders">
              <span class="set-quiet">Put in</span>
              {kind.placeholders.map((one) => (
                <button key={one.name} type="button" class="set-placeholder" onMouseDown={(event) => event.preventDefault()} onClick={() => insert(one.name)}>
                  {`{${one.name}}`} <span class="set-quiet">{one.meaning}</span>
                </button>
              ))}
            </span>
          )}
          <span class="set-below">
            <FieldNote field={field} isDefault={null} disabled={source.locked} onReset={reset} />
            {text.length > kind.longest * 0.8 && (
              <span class="set-note">
                {text.length} of {kind.longest}
              </span>
            )}
          </span>
          {kind.preview && text.trim() !== '' && <Preview pieces={previewOf(text, kind.placeholders)} label={`How “${spec.label}” will read`} />}
        </div>
      )}
    </Labelled>
  );
}
