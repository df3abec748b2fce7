import { useEffect, useMemo } from 'preact/hooks';
import { Avatar, Button, Time } from '@parley/ui';
import type { Ring } from '@parley/client';
import { useWorkspace } from '../app/Workspace';

interface RingCardProps {
  readonly ring: Ring;
  /** The one that the key accepts. */
  readonly first: boolean;
  readonly busy: boolean;
  readonly disabled: boolean;
  onAccept(): void;
  onReject(): void;
}

export function RingCard({ ring, first, busy, disabled, onAccept, onReject }: RingCardProps) {
  const { client, directory, skew } = useWorkspace();
  const list = useMemo(() => client.list({ consumerId: ring.consumerId, open: true }), [ring.id]);
  useEffect(() => () => list.close(), [list]);
  void list.conversations.value;
  const conversation = list.get(ring.conversationId);
  const since = conversation?.startedAt ?? ring.since;
  const name = directory.consumerName(ring.consumerId);
  const about = conversation?.topic ?? conversation?.last?.text ?? null;
  return (
    <article class="ring" aria-label={`${name} is waiting`}>
      <div class="ring-who">
        <Avatar id={ring.consumerId} name={name} size={40} />
        <div class="ring-words">
          <p class="ring-name">{name}</p>
          <p class="ring-skill">
            {directory.skillName(ring.skillId)} · waiting <Time at={since} as="elapsed" skew={skew()} />
          </p>
        </div>
        <span class="ring-left" title="Time left to accept">
          <span class="ui-hidden">Time left: </span>
          <Time at={ring.expiresAt} as="left" skew={skew()} />
        </span>
      </div>
      {about && <p class="ring-about">{about}</p>}
      <div class="ring-buttons">
        <Button
          kind="positive"
          class="ring-accept"
          keys={first ? 'a|alt+a' : undefined}
          busy={busy}
          disabled={disabled}
          onClick={onAccept}
        >
          Accept
        </Button>
        <Button keys={first ? 'shift+x|alt+x' : undefined} disabled={disabled || busy} onClick={onReject}>
          Reject
        </Button>
      </div>
    </article>
  );
}
