import { memo } from 'preact/compat';
import type { Conversation } from '@parley/client';
import { Avatar, Badge, Icon, Link, Time } from '@parley/ui';
import { owed } from '../../inbox/order';
import { useFloor } from '../context';
import { pathTo } from '../place';

export interface ConversationRowProps {
  readonly conversation: Conversation;
  readonly active: boolean;
  readonly overdue: boolean;
  readonly tabIndex: 0 | -1;
}

/** Drawn again only when its conversation or a name in it changes. */
export const ConversationRow = memo(function ConversationRow({ conversation, active, overdue, tabIndex }: ConversationRowProps) {
  const floor = useFloor();
  const { directory } = floor;
  const name = directory.consumerName(conversation.consumerId);
  const waits = owed(conversation);
  const skew = Math.round(floor.client.now() - Date.now());
  const { assignedAgentId: agent, last } = conversation;
  return (
    <Link to={pathTo('conversations', conversation.id)} class={`mgr-row ${active ? 'is-active' : ''}`} aria-current={active || undefined} tabIndex={tabIndex}>
      <Avatar id={conversation.consumerId} name={name} url={directory.profile(conversation.consumerId).value?.avatarUrl ?? null} />
      <span class="mgr-row-words">
        <span class="mgr-row-first">
          <bdi class="mgr-row-name mgr-cut">{name}</bdi>
          {conversation.unread > 0 && (
            <Badge tone="accent">
              {conversation.unread > 99 ? '99+' : conversation.unread}
              <span class="ui-hidden"> unread</span>
            </Badge>
          )}
        </span>
        <span class="mgr-row-last mgr-cut">
          {last === null ? 'Nothing written yet' : last.role === 'CONSUMER' ? last.text : `${floor.agentName(last.fromId)}: ${last.text}`}
        </span>
      </span>
      <span class="mgr-row-agent">
        <span class="mgr-cut">
          {agent !== null ? (
            floor.agentName(agent)
          ) : conversation.mainOpen ? (
            <>
              <Icon name="inbox" size={12} /> Queue
            </>
          ) : (
            'Nobody'
          )}
        </span>
        <span class="mgr-quiet mgr-cut">{directory.skillName(conversation.skillId)}</span>
      </span>
      <span class="mgr-row-time">
        {!conversation.mainOpen ? (
          <>
            <Time at={conversation.endedAt ?? conversation.updatedAt} skew={skew} />
            <span class="mgr-quiet">{conversation.open ? 'in its survey' : 'closed'}</span>
          </>
        ) : waits === null ? (
          <>
            <Time at={last?.at ?? conversation.updatedAt} skew={skew} />
            <span class="mgr-quiet">answered</span>
          </>
        ) : (
          <>
            <Time at={waits.since} as="elapsed" skew={skew} class={overdue ? 'mgr-overdue' : ''} />
            {overdue ? (
              <span class="mgr-overdue">
                <Icon name="alert" size={12} /> overdue
              </span>
            ) : (
              <span class="mgr-quiet">waiting</span>
            )}
          </>
        )}
      </span>
    </Link>
  );
});
