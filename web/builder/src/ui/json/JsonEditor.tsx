import { Icon } from '@parley/ui';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { lineAndColumn, pathAt, pathText } from '../../json/locate';
import { useBench } from '../bench';
import { JsonText } from './JsonText';

/** The frame as text. The colours lie under a transparent text area, in the same cell of a grid, so that both always have the same size. */
export function JsonEditor({ onPath }: { onPath(path: string): void }) {
  const { draft } = useBench();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const text = draft.text.value;
  const { error, node } = draft.parsed.value;
  const place = error && lineAndColumn(text, error.position);
  const wraps = draft.layout.value === 'line';

  // Written by the form, the text changes under the caret; that is put back where it was.
  useLayoutEffect(() => {
    const element = area.current!;
    if (element.value === text) return;
    const { selectionStart, selectionEnd } = element;
    element.value = text;
    if (document.activeElement === element) element.setSelectionRange(selectionStart, selectionEnd);
  }, [text]);

  const showPath = () => {
    if (node && area.current) onPath(pathText(pathAt(node, area.current.selectionStart)));
  };

  return (
    <div class="b-editor">
      <div class={`b-editor-scroll ${wraps ? 'wraps' : ''}`}>
        {!wraps && (
          <div class="b-editor-lines" aria-hidden="true">
            {text.split('\n').map((_, index) => (
              <div key={index} class={place?.line === index + 1 ? 'is-wrong' : undefined}>
                {index + 1}
              </div>
            ))}
          </div>
        )}
        <div class="b-editor-text">
          <pre aria-hidden="true">
            {error ? (
              <>
                {text.slice(0, error.position)}
                <mark>{text.slice(error.position, error.position + 1) || ' '}</mark>
                {text.slice(error.position + 1)}
              </>
            ) : (
              <JsonText text={text} />
            )}
            {'\n'}
          </pre>
          <textarea
            ref={area}
            aria-label="Frame as JSON"
            aria-describedby={error ? `${id}-error` : undefined}
            aria-invalid={error ? true : undefined}
            spellcheck={false}
            autocapitalize="off"
            autocomplete="off"
            wrap={wraps ? 'soft' : 'off'}
            onInput={event => draft.type(event.currentTarget.value)}
            onSelect={showPath}
            onKeyDown={event => {
              if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || wraps) return;
              event.preventDefault();
              const { value, selectionStart } = event.currentTarget;
              const indent = /^ */.exec(value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1))![0];
              const deeper = /[[{]\s*$/.test(value.slice(0, selectionStart)) ? '  ' : '';
              event.currentTarget.setRangeText(`\n${indent}${deeper}`, selectionStart, event.currentTarget.selectionEnd, 'end');
              draft.type(event.currentTarget.value);
            }}
          />
        </div>
      </div>
      {error && (
        <p id={`${id}-error`} class="b-editor-error" role="status">
          <Icon name="error" />
          <span>
            Line {place!.line}, column {place!.column}: {error.message}
          </span>
        </p>
      )}
    </div>
  );
}
