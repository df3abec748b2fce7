import { Button } from '@parley/ui';
import { initialValue } from '../../form/initial';
import { get } from '../../json/edit';
import { useBench } from '../bench';
import { FieldFrame } from './FieldFrame';
import { type FieldPlace, ValueField } from './ValueField';

/** A list. Elements are added at the end and taken out where they are. */
export function ArrayField(place: FieldPlace) {
  return (
    <FieldFrame {...place} isGroup>
      {() => <Items {...place} />}
    </FieldFrame>
  );
}

export function Items({ shape, path, label }: Pick<FieldPlace, 'shape' | 'path' | 'label'>) {
  const { draft } = useBench();
  const value = get(draft.value.value, path);
  const items = Array.isArray(value) ? value : [];
  const isFull = shape.limits.maxItems !== undefined && items.length >= shape.limits.maxItems;
  return (
    <>
      {items.map((_, index) => (
        <ValueField key={index} shape={shape.items!} path={[...path, index]} label={`${label} ${index + 1}`} required={false} />
      ))}
      {!isFull && (
        <Button kind="quiet" size="small" icon="plus" class="b-add" onClick={() => draft.edit([...path, items.length], initialValue(shape.items!))}>
          Add to {label}
        </Button>
      )}
    </>
  );
}
