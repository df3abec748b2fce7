import type { Spec } from '../model/specs';
import { FilesRow } from './FilesRow';
import { LongRow } from './LongRow';
import type { Source } from './Source';
import { SwitchRow } from './SwitchRow';
import { TypedRow } from './TypedRow';

/** One setting: what it is called, what it does, what it is. */
export function SettingRow({ spec, source }: { spec: Spec; source: Source }) {
  switch (spec.kind.is) {
    case 'typed':
      return <TypedRow spec={spec} kind={spec.kind} source={source} />;
    case 'long':
      return <LongRow spec={spec} kind={spec.kind} source={source} />;
    case 'switch':
      return <SwitchRow spec={spec} source={source} />;
    case 'files':
      return <FilesRow spec={spec} source={source} />;
  }
}

export function SettingRows({ specs, source }: { specs: readonly Spec[]; source: Source }) {
  return (
    <div class="set-rows">
      {specs.map((spec) => (
        <SettingRow key={spec.key} spec={spec} source={source} />
      ))}
    </div>
  );
}
