import { useId } from 'preact/hooks';
import { kindsOfMember } from '../../frames/known';
import { get } from '../../json/edit';
import type { JsonValue } from '../../json/node';
import type { TypeName } from '../../schema/schema';
import { isOfType, typeOf } from '../../schema/validate';
import { useBench } from '../bench';
import { show } from '../explain/words';
import { FieldFrame } from './FieldFrame';
import type { FieldPlace } from './ValueField';

const names: Readonly<Partial<Record<TypeName, string>>> = { string: 'text', integer: 'number', number: 'number', boolean: 'true/false', null: 'null' };

/** A text, a number, true or false, null, or one of a few values. Where several kinds are allowed, the kind is chosen beside it. */
export function ScalarField(place: FieldPlace) {
  const { draft, known } = useBench();
  const { shape, path } = place;
  const list = useId();
  const value = get(draft.value.value, path) ?? null;
  const member = [...path].reverse().find(step => typeof step === 'string') ?? '';
  const suggestions = [...shape.suggestions.map(one => ({ value: show(one), label: '' })), ...known.of(kindsOfMember(member)).map(({ id, seen }) => ({ value: id, label: seen }))];

  if (shape.values) {
    const chosen = shape.values.findIndex(one => one === value);
    return (
      <FieldFrame {...place}>
        {ids => (
          <select {...ids} class="ui-input" value={chosen} onChange={event => draft.edit(path, shape.values![Number(event.currentTarget.value)]!)}>
            {chosen < 0 && (
              <option value={-1} disabled>
                {show(value)}
              </option>
            )}
            {shape.values!.map((one, index) => (
              <option key={index} value={index}>
                {show(one)}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
    );
  }

  const kinds = [...new Set(shape.types.filter(type => names[type]))];
  const kind = kinds.find(type => isOfType(value, type)) ?? kinds[0]!;
  const choose = kinds.length > 1 && (
    <select class="b-kind" aria-label={`Kind of ${place.label}`} value={kind} onChange={event => draft.edit(path, converted(value, event.currentTarget.value as TypeName))}>
      {kinds.map(type => (
        <option key={type} value={type}>
          {names[type]}
        </option>
      ))}
    </select>
  );
  return (
    <FieldFrame {...place} actions={choose}>
      {ids => {
        switch (kind) {
          case 'null':
            return <input {...ids} class="ui-input" value="null" readOnly />;
          case 'boolean':
            return (
              <select {...ids} class="ui-input" value={String(value)} onChange={event => draft.edit(path, event.currentTarget.value === 'true')}>
                <option value="true">true</option>
                <option value="false">false</option>
              </select>
            );
          case 'integer':
          case 'number':
            return (
              <input
                {...ids}
                type="number"
                step={kind === 'integer' ? 1 : 'any'}
                class="ui-input"
                value={typeof value === 'number' ? value : ''}
                onInput={event => event.currentTarget.value !== '' && draft.edit(path, Number(event.currentTarget.value))}
              />
            );
          default:
            return (
              <>
                {member === 'message' ? (
                  <textarea {...ids} class="ui-input b-message" rows={2} value={typeof value === 'string' ? value : ''} onInput={event => draft.edit(path, event.currentTarget.value)} />
                ) : (
                  <input
                    {...ids}
                    class="ui-input"
                    autocomplete="off"
                    spellcheck={false}
                    list={suggestions.length > 0 ? list : undefined}
                    value={typeof value === 'string' ? value : ''}
                    onInput={event => draft.edit(path, event.currentTarget.value)}
                  />
                )}
                {suggestions.length > 0 && (
                  <datalist id={list}>
                    {suggestions.map(({ value: one, label }) => (
                      <option key={one} value={one} label={label || undefined} />
                    ))}
                  </datalist>
                )}
              </>
            );
        }
      }}
    </FieldFrame>
  );
}

function converted(value: JsonValue, kind: TypeName): JsonValue {
  const text = typeof value === 'string' ? value : value === null ? '' : String(value);
  switch (kind) {
    case 'null':
      return null;
    case 'boolean':
      return text !== 'false';
    case 'integer':
    case 'number':
      return typeOf(Number(text)) === 'integer' || kind === 'number' ? Number(text) || 0 : 0;
    default:
      return text;
  }
}
