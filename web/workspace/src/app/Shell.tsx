import { useSignal } from '@preact/signals';
import { path, useHotkeys, navigate, toast } from '@parley/ui';
import { showPalette } from '../palette/state';
import { Palette } from '../palette/Palette';
import { useRingAlerts } from '../rings/useRingAlerts';
import { ConnectionBanner } from './ConnectionBanner';
import { ConversationsView } from './ConversationsView';
import { LazyView } from './LazyView';
import { LogOutDialog } from './LogOutDialog';
import { sound } from './preferences';
import { Rail } from './Rail';
import { pathOf, placeOf } from './routes';
import { logOut } from './session';
import type { Unfinished } from './Unfinished';
import { useUnloadQuestion } from './useUnloadQuestion';
import { useWorkspace } from './Workspace';

/** Everything a logged-in agent sees. */
export function Shell() {
  const workspace = useWorkspace();
  const { client } = workspace;
  const losing = useSignal<Unfinished | null>(null);
  const place = placeOf(path.value);
  const leads = client.role.value === 'manager' || client.role.value === 'admin';
  useRingAlerts();
  useUnloadQuestion();
  useHotkeys([
    { keys: 'mod+k', label: 'Find anything', group: 'Everywhere', run: showPalette },
    { keys: 'g c', label: 'Go to conversations', group: 'Everywhere', run: () => navigate(pathOf(null)) },
    { keys: 'g m', label: 'Go to manager view', group: 'Everywhere', enabled: leads, run: () => navigate('/workspace/manager') },
    { keys: 'g s', label: 'Go to settings', group: 'Everywhere', enabled: leads, run: () => navigate('/workspace/settings') },
    {
      keys: 'm',
      label: 'Ring sound on or off',
      group: 'Rings',
      run: () => {
        sound.set(sound.value.value === 'on' ? 'off' : 'on');
        toast(sound.value.value === 'on' ? 'Ring sound is on' : 'Ring sound is off');
      },
    },
  ]);
  const leave = () => {
    const { unfinished } = workspace;
    if (unfinished.begun + unfinished.messages > 0) losing.value = unfinished;
    else void logOut();
  };
  return (
    <div class={`shell ${place.view === 'conversations' && place.conversationId !== null ? 'is-reading' : ''}`}>
      <Rail onLogOut={leave} />
      <div class="shell-main">
        <ConnectionBanner />
        <main class="shell-view">{place.view === 'conversations' ? <ConversationsView conversationId={place.conversationId} /> : <LazyView name={place.view} />}</main>
      </div>
      <Palette />
      {losing.value !== null && <LogOutDialog unfinished={losing.value} onStay={() => (losing.value = null)} />}
    </div>
  );
}
