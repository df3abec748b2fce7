import { useSignal } from '@preact/signals';
import { toast, useHotkeys } from '@parley/ui';
import type { Ring } from '@parley/client';
import { attempt, wordsOf } from '../app/attempt';
import { showConversation } from '../app/routes';
import { useWorkspace } from '../app/Workspace';
import { RingCard } from './RingCard';
import { tellEnd } from './tellEnd';

/** What rings now, oldest first, above everything else in the list. */
export function RingStack() {
  const { client, ready } = useWorkspace();
  const busy = useSignal<string | null>(null);
  const rings = client.rings.value;
  const accept = async (ring: Ring) => {
    busy.value = ring.id;
    try {
      await client.accept(ring.id);
      showConversation(ring.conversationId);
    } catch (error) {
      // The server refuses whoever comes second.
      if ((error as { code?: number }).code === 400 || (error as { code?: number }).code === 404) tellEnd({ id: ring.id, state: 'CANCELLED' });
      else toast(`Accepting did not work: ${wordsOf(error)}`, { tone: 'danger' });
    } finally {
      busy.value = null;
    }
  };
  const reject = async (ring: Ring) => {
    busy.value = ring.id;
    await attempt('Rejecting', () => client.reject(ring.id));
    busy.value = null;
  };
  const first = rings[0];
  const can = first !== undefined && ready.value && busy.value === null;
  useHotkeys([
    { keys: 'a|alt+a', label: 'Accept the ring', group: 'Rings', enabled: can, run: () => first && void accept(first) },
    { keys: 'shift+x|alt+x', label: 'Reject the ring', group: 'Rings', enabled: can, run: () => first && void reject(first) },
  ]);
  return (
    <section class="rings" aria-label="Rings">
      <p class="ui-hidden" role="alert">
        {rings.length === 0 ? '' : `${rings.length === 1 ? 'A consumer is' : `${rings.length} consumers are`} waiting. Press Alt and A to accept.`}
      </p>
      {rings.map((ring, index) => (
        <RingCard
          key={ring.id}
          ring={ring}
          first={index === 0}
          busy={busy.value === ring.id}
          disabled={!ready.value}
          onAccept={() => void accept(ring)}
          onReject={() => void reject(ring)}
        />
      ))}
    </section>
  );
}
