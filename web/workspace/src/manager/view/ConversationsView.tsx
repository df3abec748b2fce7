import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Conversation } from '@parley/client';
import { Button, EmptyState, SearchInput, Select, Skeleton, Tabs, VirtualList, useHotkeys, type VirtualListHandle } from '@parley/ui';
import { useFloor } from '../context';
import { formatCount } from '../model/figures';
import { everything, isOverdue, narrowings, type Selection } from '../model/selection';
import { placeNow } from '../place';
import { ConversationRow } from './ConversationRow';

const stages: readonly { readonly id: Selection['stage']; readonly label: string }[] = [
  { id: 'open', label: 'Open' },
  { id: 'waiting', label: 'Waiting' },
  { id: 'assigned', label: 'With an agent' },
  { id: 'closed', label: 'Closed' },
];

const keyOf = (conversation: Conversation) => conversation.id;

/** Every conversation of the account, searched and filtered. */
export function ConversationsView() {
  const floor = useFloor();
  const search = useRef<HTMLInputElement>(null);
  const handle = useRef<VirtualListHandle | null>(null);
  const selection = floor.selection.value;
  const rows = floor.selected.value;
  const active = placeNow().conversationId;
  useEffect(() => {
    if (selection.stage === 'closed') floor.followClosed();
  }, [selection.stage]);
  useHotkeys([{ keys: '/', label: 'Search all conversations', group: 'Manager view', run: () => search.current?.focus() }]);
  const counts = useComputed(() => {
    const open = floor.open.value;
    if (open === null) return null;
    const waiting = open.filter((one) => one.mainOpen && one.assignedAgentId === null).length;
    return { open: open.length, waiting, assigned: open.filter((one) => one.mainOpen).length - waiting };
  });
  const empty = narrowings(selection) === 0;
  return (
    <div class="mgr-list">
      <div class="mgr-tools">
        <SearchInput
          label="Search all conversations"
          placeholder="Name, words, agent, skill or id"
          keys="/"
          inputRef={search}
          value={selection.text}
          onValue={(text) => floor.show({ text })}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' || rows === null || rows.length === 0) return;
            event.preventDefault();
            handle.current?.focus(rows[0]!.id);
          }}
        />
        <Tabs
          label="Which conversations"
          class="mgr-stages"
          tabs={stages.map((stage) => ({ ...stage, count: stage.id === 'closed' ? undefined : counts.value?.[stage.id] }))}
          selected={selection.stage}
          onSelect={(stage) => floor.show({ stage })}
        />
        <div class="mgr-filters">
          <Select
            label="Skill"
            hideLabel
            value={selection.skill ?? ''}
            options={[{ value: '', label: 'Every skill' }, ...[...floor.directory.skills.value].map(([value, label]) => ({ value, label })), { value: 'none', label: 'No skill' }]}
            onValue={(skill) => floor.show({ skill: skill === '' ? null : skill })}
          />
          <Select
            label="Agent"
            hideLabel
            value={selection.agent ?? ''}
            options={[{ value: '', label: 'Every agent' }, ...floor.agents.value.map(({ agent }) => ({ value: agent.pid, label: agent.nickname })).sort((a, b) => a.label.localeCompare(b.label))]}
            onValue={(agent) => floor.show({ agent: agent === '' ? null : agent })}
          />
          <Button size="small" kind={selection.overdue ? 'primary' : 'secondary'} aria-pressed={selection.overdue} icon="clock" onClick={() => floor.show({ overdue: !selection.overdue })}>
            Overdue
          </Button>
          <Button size="small" kind={selection.unread ? 'primary' : 'secondary'} aria-pressed={selection.unread} icon="mail" onClick={() => floor.show({ unread: !selection.unread })}>
            Unread
          </Button>
          {!empty && (
            <Button size="small" kind="quiet" icon="close" onClick={() => (floor.selection.value = { ...everything, stage: selection.stage })}>
              Clear
            </Button>
          )}
          <span class="mgr-found" role="status">
            {rows !== null && `${formatCount(rows.length)} ${rows.length === 1 ? 'conversation' : 'conversations'}`}
          </span>
        </div>
      </div>
      {rows === null ? (
        <Skeleton label="Conversations" rows={8} shape="rows" />
      ) : rows.length === 0 ? (
        <Nothing stage={selection.stage} empty={empty} />
      ) : (
        <VirtualList
          items={rows}
          keyOf={keyOf}
          estimate={64}
          label="Conversations"
          class="mgr-conversations"
          activeKey={active}
          handle={handle}
          render={(conversation, { tabIndex }) => (
            <ConversationRow conversation={conversation} active={conversation.id === active} overdue={isOverdue(conversation, floor.client.now())} tabIndex={tabIndex} />
          )}
        />
      )}
    </div>
  );
}

function Nothing({ stage, empty }: { stage: Selection['stage']; empty: boolean }) {
  const floor = useFloor();
  if (!empty) {
    return (
      <EmptyState icon="search" title="None of them fits" action={<Button onClick={() => (floor.selection.value = { ...everything, stage })}>Show all of them</Button>}>
        Try other words or fewer filters.
      </EmptyState>
    );
  }
  switch (stage) {
    case 'open':
      return <EmptyState icon="conversations" title="No conversation is open">They appear here as soon as a consumer writes.</EmptyState>;
    case 'waiting':
      return <EmptyState icon="check" title="Nobody waits">Every open conversation has an agent.</EmptyState>;
    case 'assigned':
      return <EmptyState icon="users" title="No agent has a conversation" />;
    case 'closed':
      return <EmptyState icon="archive" title="Nothing ended in the last seven days" />;
  }
}
