import { Field as Labelled } from '@parley/ui';
import type { Spec } from '../model/specs';
import { FieldNote } from './FieldNote';
import type { Source } from './Source';
import { typing, useTypedField } from './useTypedField';

interface TypedRowProps {
  readonly spec: Spec;
  readonly kind: Extract<Spec['kind'], { is: 'typed' }>;
  readonly source: Source;
}

export function TypedRow({ spec, kind, source }: TypedRowProps) {
  const { field, isDefault, fallback, reset } = useTypedField(spec, kind.codec, source);
  return (
    <Labelled class="set-row" label={spec.label} hint={spec.hint} error={field.error.value}>
      {(ids) => (
        <div class={`set-control ${kind.wide ? '' : 'is-short'}`}>
          <span class={`set-entry ${kind.wide ? 'is-wide' : ''}`}>
            <input
              {...ids}
              {...typing(field)}
              type="text"
              class="ui-input"
              data-setting={spec.key}
              autocomplete="off"
              value={field.value.value}
              placeholder={source.inherited?.(spec.key)}
              disabled={source.locked}
            />
            {kind.unit && <span class="set-unit">{kind.unit}</span>}
          </span>
          <FieldNote field={field} isDefault={kind.wide && spec.fallback === null ? null : isDefault} fallback={fallback} disabled={source.locked} onReset={reset} />
        </div>
      )}
    </Labelled>
  );
}
