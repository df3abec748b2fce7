import { useEffect, useMemo } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { User } from '@parley/client/admin';
import { Avatar, Banner, Button, formatWhole } from '@parley/ui';
import { withOne } from '../Administration';
import { useAdministration } from '../context';
import { ChoiceRow } from '../form/ChoiceRow';
import { SettingRows } from '../form/SettingRow';
import type { Source } from '../form/Source';
import { SwitchRow } from '../form/SwitchRow';
import { Saved } from '../model/saved';
import { namesOf } from '../model/specs';
import { PasswordDialog } from './PasswordDialog';
import { SkillsOfAgent } from './SkillsOfAgent';
import { more, names, roles, types, work } from './specs';

/** One user, member by member. */
export function AgentForm({ user, onPassword }: { user: User; onPassword(password: string): void }) {
  const administration = useAdministration();
  const asking = useSignal(false);
  const saved = useMemo(
    () =>
      new Saved<User>(user, async (patch) => {
        const changed = await administration.admin.changeUser(user.id, patch);
        administration.users.put((all) => withOne(all, changed, (one) => one.id, (one) => one.login));
        return changed;
      }),
    [administration, user.id],
  );
  useEffect(() => saved.replace(user), [user]);
  const source: Source = {
    of: saved,
    read: (key) => (saved.record.value as unknown as Record<string, unknown>)[key],
    // Of a user a text is taken away by an empty one; a number keeps what it was.
    save: (key, value) => saved.save({ [key]: value ?? (key === 'maxSlots' ? 3 : '') }),
    locked: !administration.isAdmin,
    names: { ...namesOf([...names, ...work, ...more]), role: 'Role', userType: 'Type', skills: 'Skills', enabled: 'May log in' },
  };
  const isMe = administration.client.agentId.value === user.userId;
  return (
    <>
      <header class="set-card">
        <Avatar id={user.pid} name={user.nickname} url={user.pictureUrl} size={40} />
        <div class="set-card-words">
          <h2>{user.nickname}</h2>
          <p class="set-quiet">
            Logs in as {user.login}
            {user.addedTs !== null && `, since ${formatWhole(user.addedTs).split(' at ')[0]}`}
            {user.hasKeys && ', programs too'}
          </p>
        </div>
        {!source.locked && (
          <Button size="small" icon="lock" onClick={() => (asking.value = true)}>
            Set password
          </Button>
        )}
      </header>
      {source.locked && <Banner icon="lock">You may look at this. Administrators change it.</Banner>}
      {isMe && !source.locked && <Banner>This is you. A lower role counts at once, and you have to log in again.</Banner>}
      <section class="set-group">
        <h3>Who it is</h3>
        <SettingRows specs={names} source={source} />
      </section>
      <section class="set-group">
        <h3>Work</h3>
        <div class="set-rows">
          <ChoiceRow name="role" label="Role" hint="Managers see everything; administrators change it too." options={roles} source={source} />
          <SettingRows specs={work} source={source} />
          <ChoiceRow name="userType" label="Type" options={user.userType === 'system' ? [...types, { value: 'system', label: 'System' }] : types} source={source} />
          <SwitchRow spec={{ key: 'enabled', label: 'May log in', hint: 'Turned off, the agent is logged out at once and gets no rings, and keeps the conversations in hand.', kind: { is: 'switch' } }} source={source} />
        </div>
      </section>
      <SkillsOfAgent source={source} />
      <section class="set-group">
        <h3>More</h3>
        <SettingRows specs={more} source={source} />
      </section>
      {asking.value && <PasswordDialog user={user} onMade={onPassword} onClose={() => (asking.value = false)} />}
    </>
  );
}
