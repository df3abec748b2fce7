import { useEffect, useMemo } from 'preact/hooks';
import type { AccountSettings } from '@parley/client/admin';
import { useAdministration } from '../context';
import type { Source } from '../form/Source';
import { Saved } from '../model/saved';
import { namesOf, type Spec } from '../model/specs';

/** The settings of the account as a record that is saved member by member. */
export function useSettingsSource(settings: AccountSettings, specs: readonly Spec[]): Source {
  const administration = useAdministration();
  const saved = useMemo(
    () =>
      new Saved<AccountSettings>(settings, async (patch) => {
        const changed = await administration.admin.changeSettings(patch);
        administration.settings.put(() => changed);
        return changed;
      }),
    [administration],
  );
  useEffect(() => saved.replace(settings), [settings]);
  return {
    of: saved,
    read(key) {
      const record = saved.record.value as unknown as Record<string, unknown>;
      const [owner, member] = key.split('.') as [string, string?];
      return member === undefined ? record[owner] : (record[owner] as Record<string, unknown>)[member];
    },
    save(key, value) {
      const [owner, member] = key.split('.') as [string, string?];
      return saved.save({ [owner]: member === undefined ? value : { [member]: value } });
    },
    locked: !administration.isAdmin,
    names: namesOf(specs),
  };
}
