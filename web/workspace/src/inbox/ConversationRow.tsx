import { Avatar, Icon, Link, memo, Time } from '@parley/ui';
import type { Conversation } from '@parley/client';
import { pathOf } from '../app/routes';
import { useWorkspace } from '../app/Workspace';
import { OwedBar } from './OwedBar';
import { owed } from './order';

interface ConversationRowProps {
  readonly conversation: Conversation;
  readonly selected: boolean;
  readonly tabIndex: 0 | -1;
}

/** Drawn anew only when its record, its names or its being selected change. */
export const ConversationRow = memo(function ConversationRow({ conversation, selected, tabIndex }: ConversationRowProps) {
  const { client, directory, drafts, skew } = useWorkspace();
  const name = directory.consumerName(conversation.consumerId);
  const waits = owed(conversation);
  const { last, unread } = conversation;
  const mine = last !== null && last.fromId === client.id.value;
  const joined = conversation.assignedAgentId !== client.id.value && conversation.mainOpen;
  const draft = !selected && drafts.has(conversation.id) ? drafts.get(conversation.id).text : '';
  return (
    <Link
      to={pathOf(conversation.id)}
      class={`row ${unread > 0 ? 'is-unread' : ''}`}
      aria-current={selected ? 'true' : undefined}
      tabIndex={tabIndex}
    >
      <Avatar id={conversation.consumerId} name={name} size={40} />
      <span class="row-main">
        <span class="row-top">
          <bdi class="row-name">{name}</bdi>
          <Time class="row-when" at={last?.at ?? conversation.startedAt} skew={skew()} />
        </span>
        <span class="row-line">
          {draft !== '' ? (
            <>
              <span class="row-draft">Draft: </span>
              {draft}
            </>
          ) : (
            <>
              {mine && 'You: '}
              {last?.text ?? 'No message yet'}
            </>
          )}
        </span>
        <span class="row-bottom">
          {waits ? (
            <OwedBar owed={waits} skew={skew()} />
          ) : (
            <span class="row-state">
              <Icon name={conversation.mainOpen ? 'reply' : 'archive'} size={12} />
              {conversation.mainOpen ? (last === null ? 'New' : 'Answered') : 'Closed'}
            </span>
          )}
          <span class="row-skill">
            {joined ? 'Joined · ' : ''}
            {directory.skillName(conversation.skillId)}
          </span>
          {unread > 0 && (
            <span class="row-unread">
              {unread > 99 ? '99+' : unread}
              <span class="ui-hidden"> unread</span>
            </span>
          )}
        </span>
      </span>
    </Link>
  );
});
