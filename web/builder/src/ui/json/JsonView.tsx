import { useMemo } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { pathText } from '../../json/locate';
import type { JsonValue, Path } from '../../json/node';
import { parseJson } from '../../json/parse';
import { tokens } from '../../json/tokens';
import type { Shape } from '../../schema/shape';
import { shapeAt } from '../../schema/variant';
import type { Problem } from '../../schema/validate';
import { Meaning } from '../explain/Meaning';

export interface JsonViewProps {
  readonly value: JsonValue;
  readonly shape: Shape | null;
  readonly problems: readonly Problem[];
  readonly label: string;
}

/** JSON to read. The member that the pointer or the focus is on is explained below; arrow keys go from member to member. */
export function JsonView({ value, shape, problems, label }: JsonViewProps) {
  const text = useMemo(() => JSON.stringify(value, null, 2), [value]);
  const pieces = useMemo(() => tokens(text, parseJson(text)), [text]);
  const current = useSignal<Path | null>(null);
  const entry = useSignal(0);
  const wrong = new Set(problems.map(({ path }) => pathText(path)));
  let keys = 0;

  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const all = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button')];
    const to = Math.max(0, Math.min(all.indexOf(event.target as HTMLElement) + step, all.length - 1));
    entry.value = to;
    all[to]?.focus();
  };

  const path = current.value;
  const found = path && shape ? shapeAt(shape, value, path) : null;
  return (
    <div class="b-view">
      <pre class="b-view-text" role="group" aria-label={label} onKeyDown={move}>
        {pieces.map((piece, index) => {
          if (!piece.path) return piece.text;
          const { path } = piece;
          const isHere = path === current.value || (current.value !== null && pathText(path) === pathText(current.value));
          const classes = `b-json-${piece.kind} ${isHere ? 'is-here' : ''} ${wrong.has(pathText(path)) ? 'is-wrong' : ''}`;
          const over = () => (current.value = path);
          if (piece.kind !== 'key') {
            return (
              <span key={index} class={classes} onPointerEnter={over}>
                {piece.text}
              </span>
            );
          }
          const order = keys++;
          return (
            <button key={index} type="button" class={classes} tabIndex={order === entry.value ? 0 : -1} onPointerEnter={over} onFocus={over} onClick={over}>
              {piece.text}
            </button>
          );
        })}
      </pre>
      <div class="b-view-meaning" aria-live="polite">
        {path ? <Meaning path={path} shape={found} problems={problems.filter(problem => pathText(problem.path) === pathText(path))} /> : <p class="b-quiet">Point at a member, or go to it with the arrow keys, to read what it means.</p>}
      </div>
    </div>
  );
}
