import { useSignal, useSignalEffect } from '@preact/signals';
import { Banner, Button, clock, formatDuration, Time, toast } from '@parley/ui';
import { useWorkspace } from './Workspace';

/** Says while it is not, what is not true any more and what still works. */
export function ConnectionBanner() {
  const { client } = useWorkspace();
  const was = useSignal<'connecting' | 'online' | 'offline' | 'ended'>('connecting');
  const state = client.connection.value;
  useSignalEffect(() => {
    const now = client.connection.value;
    if (now.kind === 'online' && was.peek() === 'offline') toast('Connected again. Everything here is up to date.', { tone: 'positive' });
    if (now.kind !== 'connecting' || was.peek() === 'online') was.value = now.kind === 'connecting' ? 'offline' : now.kind;
  });
  if (state.kind === 'offline') {
    const left = state.retryAt - clock.value;
    return (
      <Banner
        tone="warning"
        icon="offline"
        action={
          <Button size="small" onClick={() => client.retryNow()}>
            Try now
          </Button>
        }
      >
        <strong>You are offline</strong> since <Time at={state.since} as="when" />. What you see is from then. You can read and write; messages leave when the connection is
        back{left > 1000 ? <span aria-hidden="true">, next try in {formatDuration(left)}</span> : null}.
      </Banner>
    );
  }
  // A login is renewed about once an hour, in the twinkling of an eye: nothing to speak of.
  if (state.kind === 'connecting' && state.since !== null && clock.value - state.since > 1000) {
    return (
      <Banner tone="warning" icon="refresh">
        <strong>Connecting again.</strong> What you see may be old; in a moment it is not.
      </Banner>
    );
  }
  if (state.kind === 'ended' && state.reason !== 'signed-out') {
    return (
      <Banner tone="danger" action={<Button size="small" onClick={() => location.reload()}>Log in again</Button>}>
        <strong>Your login has ended.</strong> Log in again to go on. What you had begun to write is kept.
      </Banner>
    );
  }
  return null;
}
