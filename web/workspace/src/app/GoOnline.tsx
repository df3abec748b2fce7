import { useSignal } from '@preact/signals';
import { Button } from '@parley/ui';
import { attempt } from './attempt';
import { useWorkspace } from './Workspace';

/** Who logs in is offline until he says otherwise, and would wait for rings in vain. */
export function GoOnline() {
  const { client, ready } = useWorkspace();
  const busy = useSignal(false);
  const state = client.state.value;
  if (!ready.value || (state !== null && state.availability !== 'OFFLINE')) return null;
  const go = async () => {
    busy.value = true;
    await attempt('Going online', () => client.setState('ONLINE'));
    busy.value = false;
  };
  return (
    <section class="go-online" aria-label="Availability">
      <p>You are offline: no conversation rings.</p>
      <Button kind="positive" busy={busy.value} onClick={() => void go()}>
        Go online
      </Button>
    </section>
  );
}
