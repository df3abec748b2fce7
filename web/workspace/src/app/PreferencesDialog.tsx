import { signal } from '@preact/signals';
import { Banner, Button, Dialog, isMac, Select, setSingleKeys, setTheme, singleKeys, Switch, theme, type Theme } from '@parley/ui';
import { notifications } from '../rings/notifications';
import { ringSound } from '../rings/RingSound';
import { sendWith, sound } from './preferences';

const open = signal(false);

export const showPreferences = () => (open.value = true);

export function PreferencesDialog() {
  if (!open.value) return null;
  const permission = notifications.permission.value;
  return (
    <Dialog title="Preferences" onClose={() => (open.value = false)} footer={<Button kind="primary" onClick={() => (open.value = false)}>Done</Button>}>
      <Switch
        label="Sound when it rings"
        hint={
          <Button kind="quiet" size="small" icon="volume" onClick={() => ringSound.once()}>
            Listen
          </Button>
        }
        checked={sound.value.value === 'on'}
        onChange={(on) => sound.set(on ? 'on' : 'off')}
      />
      {permission === 'granted' ? (
        <Banner tone="positive">The browser tells you of rings while this tab is hidden.</Banner>
      ) : permission === 'denied' ? (
        <Banner tone="warning">The browser does not allow notifications for this page. Allow them in the settings of the site, left of the address.</Banner>
      ) : permission === 'default' ? (
        <Banner
          action={
            <Button size="small" onClick={() => void notifications.ask()}>
              Turn on
            </Button>
          }
        >
          Be told of rings while this tab is hidden.
        </Banner>
      ) : null}
      <Select
        label="Send a message with"
        value={sendWith.value.value}
        options={[
          { value: 'enter', label: 'Enter (Shift + Enter begins a line)' },
          { value: 'mod-enter', label: `${isMac ? 'Command' : 'Ctrl'} + Enter (Enter begins a line)` },
        ]}
        onValue={(value) => sendWith.set(value === 'enter' ? 'enter' : 'mod-enter')}
      />
      <Select
        label="Colours"
        value={theme.value}
        options={[
          { value: 'system', label: 'As the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        onValue={(value) => setTheme(value as Theme)}
      />
      <Switch label="Keys without Ctrl, Alt or Command" hint="J, K, A … when you are not writing" checked={singleKeys.value} onChange={setSingleKeys} />
    </Dialog>
  );
}
