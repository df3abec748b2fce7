import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Conversation } from '@parley/client';
import { Avatar, Badge, EmptyState, IconButton, Skeleton, Tabs, Time, useHotkeys } from '@parley/ui';
import { Composer } from '../../composer/Composer';
import { Messages } from '../../conversation/Messages';
import { owed } from '../../inbox/order';
import { useFloor } from '../context';
import { isOverdue } from '../model/selection';
import { go, placeNow } from '../place';
import { Explanation } from './Explanation';
import { PanelActions } from './PanelActions';
import { useStanding } from './useStanding';

/** A conversation beside what the manager looks at: read it live, join, take over, hand it on, see why it is where it is. */
export function ConversationPanel({ id }: { id: string }) {
  const floor = useFloor();
  const conversation = floor.get(id);
  const heading = useRef<HTMLHeadingElement>(null);
  const close = () => go(placeNow().view);
  useHotkeys([{ keys: 'Escape', label: 'Close the conversation beside', group: 'Manager view', run: close }]);
  useLayoutEffect(() => {
    const opener = document.activeElement as HTMLElement | null;
    heading.current?.focus();
    return () => {
      // Back to the row it was opened from, wherever the list has drawn it meanwhile; unless the user is somewhere else already.
      const now = document.activeElement;
      if (now === null || now === document.body || now.closest('.mgr-panel') !== null) {
        const to = opener?.getAttribute('href');
        (opener?.isConnected ? opener : to ? document.querySelector<HTMLElement>(`.mgr a[href="${CSS.escape(to)}"]`) : null)?.focus();
      }
    };
  }, []);
  useEffect(() => {
    if (floor.open.value !== null && conversation === undefined) floor.followClosed();
  }, [floor.open.value === null, conversation === undefined]);
  const name = conversation === undefined ? 'Conversation' : floor.directory.consumerName(conversation.consumerId);
  return (
    <aside class="mgr-panel" aria-labelledby="mgr-panel-name">
      <header class="mgr-panel-head">
        {conversation !== undefined && <Avatar id={conversation.consumerId} name={name} url={floor.directory.profile(conversation.consumerId).value?.avatarUrl ?? null} />}
        <div class="mgr-panel-title">
          <h2 ref={heading} id="mgr-panel-name" tabIndex={-1}>
            <bdi>{name}</bdi>
          </h2>
          {conversation !== undefined && <Where conversation={conversation} />}
        </div>
        <IconButton icon="close" label="Close the conversation beside" keys="Escape" onClick={close} />
      </header>
      {conversation !== undefined ? (
        <Inside key={id} conversation={conversation} />
      ) : floor.known ? (
        <EmptyState icon="search" title="This conversation is not here">
          It ended more than seven days ago, or the address is wrong.
        </EmptyState>
      ) : (
        <Skeleton label="The conversation" rows={6} />
      )}
    </aside>
  );
}

function Where({ conversation }: { conversation: Conversation }) {
  const floor = useFloor();
  const waits = owed(conversation);
  const late = isOverdue(conversation, floor.client.now());
  const suggested = conversation.participants.find((one) => one.state === 'SUGGESTED');
  return (
    <p class="mgr-panel-where">
      <span>{floor.directory.skillName(conversation.skillId)}</span>
      <span data-with>
        {!conversation.mainOpen
          ? conversation.open ? 'in its survey' : 'closed'
          : conversation.assignedAgentId !== null
            ? `with ${conversation.assignedAgentId === floor.client.id.value ? 'you' : floor.agentName(conversation.assignedAgentId)}`
            : suggested !== undefined
              ? `handed to ${floor.agentName(suggested.id)}`
              : 'in the queue'}
      </span>
      {waits !== null && (
        <Badge tone={late ? 'danger' : 'neutral'}>
          {late ? 'overdue' : 'waits'} <Time at={waits.since} as="elapsed" skew={Math.round(floor.client.now() - Date.now())} />
        </Badge>
      )}
    </p>
  );
}

function Inside({ conversation }: { conversation: Conversation }) {
  const { client } = useFloor();
  const tab = useSignal<'messages' | 'why'>('messages');
  const round = useSignal(0);
  const dialog = useMemo(() => client.dialog(conversation.id), [conversation.id, round.value]);
  useEffect(() => () => dialog.close(), [dialog]);
  const { takesPart } = useStanding(conversation);
  return (
    <>
      <PanelActions conversation={conversation} />
      <Tabs
        label="About this conversation"
        class="mgr-panel-tabs"
        tabs={[
          { id: 'messages', label: 'Messages' },
          { id: 'why', label: 'Why it is here' },
        ]}
        selected={tab.value}
        onSelect={(id) => (tab.value = id)}
      >
        {tab.value === 'why' ? (
          <Explanation conversation={conversation} />
        ) : (
          <div class="mgr-panel-messages">
            <Messages dialog={dialog} consumerId={conversation.consumerId} readOnly={!takesPart} onReopen={() => round.value++} />
            {conversation.mainOpen && takesPart ? (
              <Composer conversation={conversation} dialog={dialog} />
            ) : (
              <p class="mgr-panel-foot">{conversation.mainOpen ? 'You are reading; nobody sees that. Join to write.' : 'This conversation has ended.'}</p>
            )}
          </div>
        )}
      </Tabs>
    </>
  );
}
