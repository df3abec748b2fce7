import type { ComponentChildren } from 'preact';
import type { AccountSettings } from '@parley/client/admin';
import { useAdministration } from '../context';
import { Loaded } from '../form/Loaded';
import { Section } from '../form/Section';
import { SettingRows } from '../form/SettingRow';
import type { Source } from '../form/Source';
import type { Spec } from '../model/specs';
import { useSettingsSource } from './useSettingsSource';

export interface Group {
  readonly title?: string;
  readonly specs: readonly Spec[];
}

interface AccountSectionProps {
  readonly title: string;
  readonly intro?: ComponentChildren;
  readonly groups: readonly Group[];
  /** What stands below the rows. */
  readonly more?: (source: Source) => ComponentChildren;
}

/** A page of the account's settings. */
export function AccountSection({ title, intro, groups, more }: AccountSectionProps) {
  const administration = useAdministration();
  return (
    <Section title={title} intro={intro} locked={!administration.isAdmin}>
      <Loaded resource={administration.settings} name="The settings">
        {(settings) => <Rows settings={settings} groups={groups} more={more} />}
      </Loaded>
    </Section>
  );
}

function Rows({ settings, groups, more }: { settings: AccountSettings; groups: readonly Group[]; more: AccountSectionProps['more'] }) {
  const source = useSettingsSource(settings, groups.flatMap((group) => group.specs));
  return (
    <>
      {groups.map((group, index) => (
        <section key={index} class="set-group">
          {group.title && <h3>{group.title}</h3>}
          <SettingRows specs={group.specs} source={source} />
        </section>
      ))}
      {more?.(source)}
    </>
  );
}
