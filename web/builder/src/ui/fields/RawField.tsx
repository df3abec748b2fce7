import { useSignal } from '@preact/signals';
import { get } from '../../json/edit';
import { JsonSyntaxError, parseJson, valueOf } from '../../json/parse';
import { useBench } from '../bench';
import { FieldFrame } from './FieldFrame';
import type { FieldPlace } from './ValueField';

/** A value that has no form of its own, as JSON. What is not JSON yet is kept here until it is. */
export function RawField(place: FieldPlace) {
  const { draft } = useBench();
  const value = get(draft.value.value, place.path);
  const written = value === undefined ? '' : JSON.stringify(value, null, 2);
  const typed = useSignal<{ readonly text: string; readonly error: string | null; readonly from: string } | null>(null);
  // When the value changed elsewhere, what was typed here has had its time.
  const mine = typed.value !== null && typed.value.from === written ? typed.value : null;
  const text = mine?.text ?? written;
  return (
    <FieldFrame {...place}>
      {ids => (
        <>
          <textarea
            {...ids}
            class="ui-input b-raw"
            spellcheck={false}
            rows={Math.min(10, Math.max(2, text.split('\n').length))}
            value={text}
            onInput={event => {
              const { value: input } = event.currentTarget;
              try {
                const next = valueOf(parseJson(input));
                typed.value = { text: input, error: null, from: JSON.stringify(next, null, 2) };
                draft.edit(place.path, next);
              } catch (error) {
                if (!(error instanceof JsonSyntaxError)) throw error;
                typed.value = { text: input, error: error.message, from: written };
              }
            }}
          />
          {mine?.error && <p class="b-wrong">{mine.error}</p>}
        </>
      )}
    </FieldFrame>
  );
}
