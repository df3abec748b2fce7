import { Button, Menu } from '@parley/ui';
import { initialValue } from '../../form/initial';
import { get } from '../../json/edit';
import { isObject, type Path } from '../../json/node';
import type { Shape } from '../../schema/shape';
import { useBench } from '../bench';
import { Words } from '../explain/Words';
import { kindInWords } from '../explain/words';
import { RawField } from './RawField';
import { ValueField } from './ValueField';

const anything: Shape = { title: '', description: 'Not described by the schema.', types: [], values: null, suggestions: [], members: [], items: null, others: null, variants: [], limits: {} };

export interface MembersProps {
  readonly shape: Shape;
  readonly path: Path;
  readonly except?: readonly string[];
  readonly only?: readonly string[];
  readonly compact?: boolean;
}

/** The members of an object: those that are there and those that must be, then a button for the others. */
export function Members({ shape, path, except = [], only, compact = false }: MembersProps) {
  const { draft } = useBench();
  const value = get(draft.value.value, path);
  const present = isObject(value) ? value : {};
  const described = shape.members.filter(({ name }) => !except.includes(name) && (!only || only.includes(name)));
  const shown = described.filter(({ name, required }) => required || Object.hasOwn(present, name));
  const absent = described.filter(member => !shown.includes(member));
  const others = only ? [] : Object.keys(present).filter(name => !except.includes(name) && !shape.members.some(member => member.name === name));
  return (
    <>
      {shown.map(({ name, required, shape: inner }) =>
        Object.hasOwn(present, name) ? (
          <ValueField key={name} shape={inner} path={[...path, name]} label={name} required={required} compact={compact} />
        ) : (
          <Missing key={name} shape={inner} path={[...path, name]} label={name} />
        ),
      )}
      {others.map(name => (
        <RawField key={name} shape={shape.others ?? anything} path={[...path, name]} label={name} required={false} />
      ))}
      {absent.length > 0 && !compact && (
        <Menu
          label="Members that may be added"
          items={absent.map(({ name, shape: inner }) => ({ id: name, label: name, hint: inner.description || kindInWords(inner), run: () => draft.edit([...path, name], initialValue(inner)) }))}
        >
          {button => (
            <Button ref={button.ref} {...button.aria} kind="quiet" size="small" icon="plus" class="b-add" onClick={button.toggle}>
              Add member
            </Button>
          )}
        </Menu>
      )}
    </>
  );
}

function Missing({ shape, path, label }: { readonly shape: Shape; readonly path: Path; readonly label: string }) {
  const { draft } = useBench();
  return (
    <div class="b-field is-invalid">
      <div class="b-field-head">
        <span class="b-field-name">{label}</span>
        <span class="b-field-required">required</span>
        <span class="b-grow" />
        <Button size="small" icon="plus" onClick={() => draft.edit(path, initialValue(shape))}>
          Add {label}
        </Button>
      </div>
      <p class="b-field-meaning">
        <Words text={shape.description} />
      </p>
      <p class="b-wrong">{label} is missing.</p>
    </div>
  );
}
