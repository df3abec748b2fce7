import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { sound } from '../app/preferences';
import { useWorkspace } from '../app/Workspace';
import { notifications } from './notifications';
import { tellEnd } from './tellEnd';
import { ringSound } from './RingSound';

/** Sound, title and notifications of rings, and a word about one that went away. */
export function useRingAlerts(): void {
  const { client, directory, inbox } = useWorkspace();
  const shown = useRef(new Map<string, () => void>());
  useEffect(() => {
    ringSound.unlockOnGesture();
    return () => ringSound.stop();
  }, []);
  useSignalEffect(() => {
    if (client.rings.value.length > 0 && sound.value.value === 'on') ringSound.start();
    else ringSound.stop();
  });
  useSignalEffect(() => {
    const rings = client.rings.value;
    const unread = inbox.unread.value;
    const first = rings[0];
    document.title = first ? `(${rings.length}) Accept: ${directory.consumerName(first.consumerId)} · Parley` : unread > 0 ? `(${unread}) Parley` : 'Parley';
    for (const [id, hide] of shown.current) {
      if (rings.some((ring) => ring.id === id)) continue;
      shown.current.delete(id);
      hide();
    }
    for (const ring of rings) {
      if (shown.current.has(ring.id)) continue;
      const hide = document.hidden
        ? notifications.show(`${directory.consumerName(ring.consumerId)} is waiting`, `${directory.skillName(ring.skillId)}. Open Parley to accept.`, `ring ${ring.id}`)
        : () => undefined;
      shown.current.set(ring.id, hide);
    }
  });
  useSignalEffect(() => {
    if (client.lastRing.value !== null) tellEnd(client.lastRing.value);
  });
}
