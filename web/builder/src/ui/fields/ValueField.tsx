import type { Path } from '../../json/node';
import { get } from '../../json/edit';
import type { Shape } from '../../schema/shape';
import { useBench } from '../bench';
import { ArrayField } from './ArrayField';
import { ChoiceField } from './ChoiceField';
import { ObjectField } from './ObjectField';
import { RawField } from './RawField';
import { ScalarField } from './ScalarField';
import { isOfType } from '../../schema/validate';

export interface FieldPlace {
  readonly shape: Shape;
  readonly path: Path;
  /** How it is called: the member's name, the element's number. */
  readonly label: string;
  readonly required: boolean;
  /** Its meaning is told to assistive tools alone, and it is neither taken out nor made another kind here. */
  readonly compact?: boolean;
}

/** Edits one value, in the way its shape and its present value ask for. */
export function ValueField(place: FieldPlace) {
  const { shape, path } = place;
  const value = get(useBench().draft.value.value, path);
  if (shape.variants.length > 0 && shape.types.length === 0) return <ChoiceField {...place} />;
  if (shape.values) return <ScalarField {...place} />;
  const fits = value === undefined || shape.types.length === 0 || shape.types.some(type => isOfType(value, type));
  if (!fits) return <RawField {...place} />;
  if (Array.isArray(value) && shape.items) return <ArrayField {...place} />;
  if (typeof value === 'object' && value !== null) return shape.members.length > 0 && !Array.isArray(value) ? <ObjectField {...place} /> : <RawField {...place} />;
  return shape.types.length > 0 ? <ScalarField {...place} /> : <RawField {...place} />;
}
