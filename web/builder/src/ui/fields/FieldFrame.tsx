import { Icon, IconButton } from '@parley/ui';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { pathText } from '../../json/locate';
import { useBench } from '../bench';
import { Words } from '../explain/Words';
import type { FieldPlace } from './ValueField';

export interface Ids {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
  readonly 'data-path': string;
}

export interface FieldFrameProps extends FieldPlace {
  /** Of several controls: a group with a name instead of a label. */
  readonly isGroup?: boolean;
  readonly actions?: ComponentChildren;
  children(ids: Ids): ComponentChildren;
}

/** Name, meaning and problems around what edits a value; an optional one can be taken out. */
export function FieldFrame({ shape, path, label, required, compact = false, isGroup = false, actions, children }: FieldFrameProps) {
  const { draft } = useBench();
  const id = useId();
  const at = pathText(path);
  const problems = draft.problemsByPath.value.get(at) ?? [];
  const described = [shape.description && `${id}-meaning`, problems.length > 0 && `${id}-problems`].filter(Boolean).join(' ');
  const ids: Ids = { id, 'aria-describedby': described || undefined, 'aria-invalid': problems.length > 0 ? true : undefined, 'data-path': at };
  const head = (
    <div class="b-field-head">
      {isGroup ? (
        <span id={`${id}-label`} class="b-field-name">
          {label}
        </span>
      ) : (
        <label for={id} class="b-field-name">
          {label}
        </label>
      )}
      {required && !compact && <span class="b-field-required">required</span>}
      <span class="b-grow" />
      {!compact && actions}
      {!required && !compact && <IconButton icon="close" size="small" label={`Take out ${label}`} onClick={() => draft.remove(path)} />}
    </div>
  );
  const meaning = shape.description && (
    <p id={`${id}-meaning`} class={compact ? 'ui-hidden' : 'b-field-meaning'}>
      <Words text={shape.description} />
    </p>
  );
  const wrong = problems.length > 0 && (
    <div id={`${id}-problems`} class="b-field-problems">
      {problems.map(({ message }) => (
        <p key={message} class="b-wrong">
          <Icon name="error" /> {message}
        </p>
      ))}
    </div>
  );
  return isGroup ? (
    <div role="group" aria-labelledby={`${id}-label`} aria-describedby={described || undefined} class={`b-field b-group ${problems.length > 0 ? 'is-invalid' : ''}`} data-path={at}>
      {head}
      {meaning}
      {wrong}
      <div class="b-group-body">{children(ids)}</div>
    </div>
  ) : (
    <div class={`b-field ${problems.length > 0 ? 'is-invalid' : ''}`}>
      {head}
      {children(ids)}
      {meaning}
      {wrong}
    </div>
  );
}
