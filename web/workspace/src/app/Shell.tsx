import { path, useHotkeys, navigate, toast } from '@parley/ui';
import { showPalette } from '../palette/state';
import { Palette } from '../palette/Palette';
import { useRingAlerts } from '../rings/useRingAlerts';
import { ConnectionBanner } from './ConnectionBanner';
import { ConversationsView } from './ConversationsView';
import { LazyView } from './LazyView';
import { sound } from './preferences';
import { Rail } from './Rail';
import { pathOf, placeOf } from './routes';
import { logOut } from './session';
import { useWorkspace } from './Workspace';

/** Everything a logged-in agent sees. */
export function Shell() {
  const { client } = useWorkspace();
  const place = placeOf(path.value);
  const leads = client.role.value === 'manager' || client.role.value === 'admin';
  useRingAlerts();
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
  return (
    <div class={`shell ${place.view === 'conversations' && place.conversationId !== null ? 'is-reading' : ''}`}>
      <Rail onLogOut={() => void logOut()} />
      <div class="shell-main">
        <ConnectionBanner />
        <main class="shell-view">{place.view === 'conversations' ? <ConversationsView conversationId={place.conversationId} /> : <LazyView name={place.view} />}</main>
      </div>
      <Palette />
    </div>
  );
}
