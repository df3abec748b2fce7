import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { Dialog, formatDay, Skeleton, Time } from '@parley/ui';
import type { Conversation } from '@parley/client';
import { useWorkspace } from '../app/Workspace';
import { Messages } from '../conversation/Messages';
import { Section } from './DetailsPane';

/** What this consumer wrote before, readable without leaving the conversation. */
export function EarlierConversations({ conversation }: { readonly conversation: Conversation }) {
  const { client, directory, skew } = useWorkspace();
  const list = useMemo(() => client.list({ consumerId: conversation.consumerId, closed: true, open: true }), [conversation.consumerId]);
  useEffect(() => () => list.close(), [list]);
  const reading = useSignal<Conversation | null>(null);
  const all = list.conversations.value;
  const earlier = all?.filter((one) => one.id !== conversation.id).sort((a, b) => b.startedAt - a.startedAt) ?? null;
  return (
    <Section title={earlier === null || earlier.length === 0 ? 'Other conversations' : `Other conversations (${earlier.length})`}>
      {earlier === null ? (
        <Skeleton label="Loading other conversations" rows={2} />
      ) : earlier.length === 0 ? (
        <p class="details-none">None. This is the first.</p>
      ) : (
        <ul class="earlier">
          {earlier.slice(0, 20).map((one) => (
            <li key={one.id}>
              <button type="button" class="earlier-one" onClick={() => (reading.value = one)}>
                <span class="earlier-top">
                  <span>{directory.skillName(one.skillId)}</span>
                  <Time at={one.endedAt ?? one.startedAt} skew={skew()} />
                </span>
                <span class="earlier-line">{one.last?.text ?? one.topic ?? (one.open ? 'Open' : 'Nothing was written')}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {reading.value && (
        <Dialog title={`${formatDay(reading.value.startedAt, client.now())}, ${directory.skillName(reading.value.skillId)}`} size="large" class="reading" onClose={() => (reading.value = null)}>
          <Reading conversation={reading.value} />
        </Dialog>
      )}
    </Section>
  );
}

function Reading({ conversation }: { readonly conversation: Conversation }) {
  const { client } = useWorkspace();
  const round = useSignal(0);
  const dialog = useMemo(() => client.dialog(conversation.id), [conversation.id, round.value]);
  useEffect(() => () => dialog.close(), [dialog]);
  return <Messages dialog={dialog} consumerId={conversation.consumerId} readOnly onReopen={() => round.value++} />;
}
