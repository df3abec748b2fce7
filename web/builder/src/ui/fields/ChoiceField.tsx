import { initialValue } from '../../form/initial';
import { get } from '../../json/edit';
import type { Shape } from '../../schema/shape';
import { nameOfType } from '../../schema/validate';
import { tagMember, variantOf } from '../../schema/variant';
import { useBench } from '../bench';
import { Words } from '../explain/Words';
import { Items } from './ArrayField';
import { FieldFrame } from './FieldFrame';
import { Members } from './Members';
import { RawField } from './RawField';
import { type FieldPlace, ValueField } from './ValueField';

/** A value of one of several forms: which one is chosen above, and edited below. */
export function ChoiceField(place: FieldPlace) {
  const { draft } = useBench();
  const { shape, path, label } = place;
  const value = get(draft.value.value, path);
  const variants = flat(shape);
  const chosen = variantOf({ ...shape, variants }, value);
  const variant = variants[chosen];
  return (
    <FieldFrame
      {...place}
      isGroup
      actions={
        <select
          class="b-kind"
          aria-label={`Form of ${label}`}
          value={chosen}
          onChange={event => draft.edit(path, initialValue(variants[Number(event.currentTarget.value)]!))}
        >
          {chosen < 0 && (
            <option value={-1} disabled>
              none of these
            </option>
          )}
          {variants.map((one, index) => (
            <option key={index} value={index}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      }
    >
      {() => {
        if (!variant) return <RawField shape={{ ...shape, description: '' }} path={path} label="as JSON" required />;
        const tag = tagMember(variant);
        return (
          <>
            {variant.description !== shape.description && <p class="b-field-meaning"><Words text={variant.description} /></p>}
            {Array.isArray(value) && variant.items ? <Items shape={variant} path={path} label={label} />
            : variant.members.length > 0 ? <Members shape={variant} path={path} except={tag?.shape.values?.length === 1 ? [tag.name] : []} />
            : <ValueField shape={{ ...variant, description: '' }} path={path} label={nameOf(variant)} required />}
          </>
        );
      }}
    </FieldFrame>
  );
}

/** A choice within a choice is one choice. */
function flat(shape: Shape): Shape[] {
  return shape.variants.flatMap(variant => (variant.variants.length > 0 && variant.types.length === 0 ? flat(variant) : variant));
}

function nameOf(shape: Shape): string {
  return shape.title || (shape.types[0] === 'array' ? 'a list' : shape.types.map(nameOfType).join(' or ')) || 'anything';
}
