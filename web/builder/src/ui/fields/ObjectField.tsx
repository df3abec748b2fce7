import { FieldFrame } from './FieldFrame';
import { Members } from './Members';
import type { FieldPlace } from './ValueField';

export function ObjectField(place: FieldPlace) {
  return (
    <FieldFrame {...place} isGroup>
      {() => <Members shape={place.shape} path={place.path} />}
    </FieldFrame>
  );
}
