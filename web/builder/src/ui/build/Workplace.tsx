import { IconButton } from '@parley/ui';
import { useSignal } from '@preact/signals';
import { pathText } from '../../json/locate';
import { shapeAt } from '../../schema/variant';
import { get } from '../../json/edit';
import type { Path } from '../../json/node';
import { useBench } from '../bench';
import { Meaning } from '../explain/Meaning';
import { Members } from '../fields/Members';
import { JsonEditor } from '../json/JsonEditor';
import { copyText } from './copy';

const envelope = ['kind', 'id', 'type'];

/** The form and, beside it, the JSON. */
export function Workplace() {
  const { draft } = useBench();
  const here = useSignal('');
  const { message, form, layout } = draft;
  const isBroken = draft.parsed.value.error !== null;
  const http = message.value!.http;
  const path = pathOf(here.value);
  const value = draft.value.value;

  return (
    <div class="b-work">
      <section class="b-form" aria-label="Form" tabIndex={isBroken ? 0 : undefined} onFocusIn={event => (here.value = (event.target as HTMLElement).closest<HTMLElement>('[data-path]')?.dataset.path ?? here.value)}>
        {isBroken && (
          <p class="b-form-broken" role="status">
            The text is not JSON right now. The form goes on when it is.
          </p>
        )}
        <fieldset disabled={isBroken} class="b-form-fields">
          <legend class="ui-hidden">Members of the frame</legend>
          {http && !http.hasBody ? (
            <p class="b-quiet">
              {http.method} {http.path}: nothing is sent in the body.
            </p>
          ) : (
            <>
              {/* Who asks for what fits into a row; the body is what one is here for. */}
              {!http && (
                <div class="b-envelope">
                  <Members shape={form.value!.shape} path={[]} only={envelope} compact />
                </div>
              )}
              <Members shape={form.value!.shape} path={[]} except={http ? [] : envelope} />
            </>
          )}
        </fieldset>
      </section>
      <section class="b-json" aria-label="JSON">
        <div class="b-json-head">
          <span class="b-field-name">JSON</span>
          <span class="b-grow" />
          <div class="b-segments" role="group" aria-label="How it is written">
            <button type="button" aria-pressed={layout.value === 'lines'} onClick={() => draft.setLayout('lines')}>
              Lines
            </button>
            <button type="button" aria-pressed={layout.value === 'line'} onClick={() => draft.setLayout('line')}>
              One line
            </button>
          </div>
          <IconButton icon="copy" size="small" label="Copy as one line" onClick={() => copyText(draft.oneLine(), 'The frame, on one line,')} />
        </div>
        <JsonEditor onPath={text => (here.value = text)} />
        <div class="b-json-meaning">
          {here.value !== '' && path ? (
            <Meaning path={path} shape={shapeAt(form.value!.shape, value, path)} problems={draft.problemsByPath.value.get(here.value) ?? []} />
          ) : (
            <p class="b-quiet">What the caret or a field is at is explained here.</p>
          )}
        </div>
      </section>
    </div>
  );

  /** The path that is written so, if it is in the frame. */
  function pathOf(text: string): Path | null {
    const steps = [...text.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(match => (match[1] === undefined ? match[0] : Number(match[1])));
    return pathText(steps) === text && (get(draft.value.value, steps) !== undefined || draft.problemsByPath.value.has(text)) ? steps : null;
  }
}
