import { Avatar, Icon, IconButton, Link, Menu, path, setTheme, showKeySheet, theme, type IconName, type MenuItem } from '@parley/ui';
import { showPalette } from '../palette/state';
import { PreferencesDialog, showPreferences } from './PreferencesDialog';
import { placeOf, pathOf } from './routes';
import { sound } from './preferences';
import { StateSwitch } from './StateSwitch';
import { useWorkspace } from './Workspace';

/** The thin column (on a phone: row) that leads everywhere. */
export function Rail({ onLogOut }: { onLogOut(): void }) {
  const { client, directory, inbox } = useWorkspace();
  const role = client.role.value;
  const view = placeOf(path.value).view;
  const me = client.id.value;
  const name = me === null ? null : directory.agentName(me);
  const unread = inbox.unread.value;
  const place = (id: typeof view, to: string, label: string, icon: IconName, keys: string, count = 0) => (
    <Link to={to} class="rail-link" aria-current={view === id ? 'page' : undefined} data-tip={label} data-keys={keys}>
      <Icon name={icon} size={20} />
      <span class="rail-word">{label}</span>
      {count > 0 && (
        <span class="rail-count">
          {count > 99 ? '99+' : count}
          <span class="ui-hidden"> unread</span>
        </span>
      )}
    </Link>
  );
  const colours: readonly MenuItem[] = (['system', 'light', 'dark'] as const).map((id, index) => ({
    id,
    label: { system: 'Colours as the system', light: 'Light', dark: 'Dark' }[id],
    icon: ({ system: 'monitor', light: 'sun', dark: 'moon' } as const)[id],
    checked: theme.value === id,
    separated: index === 0,
    run: () => setTheme(id),
  }));
  return (
    <nav class="rail" aria-label="Workspace">
      <div class="rail-brand" aria-hidden="true">
        <Icon name="conversations" size={20} />
      </div>
      <StateSwitch />
      {place('conversations', pathOf(null), 'Conversations', 'conversations', 'g c', unread)}
      {(role === 'manager' || role === 'admin') && place('manager', '/workspace/manager', 'Manager view', 'chart', 'g m')}
      {(role === 'manager' || role === 'admin') && place('settings', '/workspace/settings', 'Settings', 'settings', 'g s')}
      <div class="rail-space" />
      <IconButton class="rail-wide" icon="search" label="Find anything" keys="mod+k" onClick={showPalette} />
      <IconButton
        class="rail-wide"
        icon={sound.value.value === 'on' ? 'volume' : 'volumeOff'}
        label={sound.value.value === 'on' ? 'Ring sound is on' : 'Ring sound is off'}
        pressed={sound.value.value === 'on'}
        keys="m"
        onClick={() => sound.set(sound.value.value === 'on' ? 'off' : 'on')}
      />
      <Menu
        label="You"
        placement="above-start"
        items={[
          { id: 'preferences', label: 'Preferences', icon: 'settings', run: showPreferences },
          { id: 'keys', label: 'Keys', icon: 'keyboard', keys: '?', run: showKeySheet },
          ...colours,
          { id: 'logout', label: 'Log out', icon: 'logOut', separated: true, run: onLogOut },
        ]}
      >
        {(button) => (
          <button ref={button.ref} {...button.aria} type="button" class="rail-me" aria-label={`${name ?? 'You'}: preferences, keys, log out`} data-tip={name ?? 'You'} onClick={button.toggle}>
            <Avatar id={me ?? ''} name={name} url={(me !== null && directory.agent(me).value?.pictureUrl) || null} />
          </button>
        )}
      </Menu>
      <PreferencesDialog />
    </nav>
  );
}
