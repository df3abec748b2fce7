import { useEffect, useRef } from 'preact/hooks';
import { EmptyState, SearchInput, Skeleton, Tabs, useHotkeys, VirtualList, type VirtualListHandle } from '@parley/ui';
import { GoOnline } from '../app/GoOnline';
import { showConversation } from '../app/routes';
import { useWorkspace } from '../app/Workspace';
import { RingStack } from '../rings/RingStack';
import { ConversationRow } from './ConversationRow';
import { filters, type Filter } from './filter';

const empty: Readonly<Record<Filter, readonly [string, string]>> = {
  open: ['No open conversations', 'When a consumer writes it rings here.'],
  waiting: ['Nobody is waiting', 'Everybody who wrote to you has an answer.'],
  unread: ['All read', 'New messages show up here.'],
  closed: ['Nothing closed yet', 'Conversations that you close can be read here.'],
};

export function ListPane({ selectedId }: { readonly selectedId: string | null }) {
  const { client, directory, inbox } = useWorkspace();
  const search = useRef<HTMLInputElement>(null);
  const handle = useRef<VirtualListHandle | null>(null);
  const rows = inbox.rows.value;
  const filter = inbox.filter.value;
  const counts = inbox.counts.value;
  useEffect(() => {
    if (selectedId !== null) handle.current?.scrollTo(selectedId);
  }, [selectedId]);
  const go = (steps: 1 | -1, event: KeyboardEvent) => {
    const next = inbox.neighbour(selectedId, steps);
    if (next) showConversation(next.id, event.altKey ? 'composer' : 'keep');
  };
  useHotkeys([
    { keys: 'j|alt+ArrowDown', label: 'Next conversation', group: 'Conversations', run: (event) => go(1, event) },
    { keys: 'k|alt+ArrowUp', label: 'Previous conversation', group: 'Conversations', run: (event) => go(-1, event) },
    {
      keys: 'u|alt+u',
      label: 'Who needs an answer first',
      group: 'Conversations',
      run: () => {
        inbox.show('open');
        inbox.search.value = '';
        const next = (inbox.rows.value ?? []).find((row) => row.id !== selectedId && row.mainOpen);
        if (next) showConversation(next.id);
      },
    },
    ...Array.from({ length: 9 }, (_, index) => index + 1).map((number) => ({
      keys: `alt+${number}`,
      label: number === 1 ? 'First to ninth conversation of the list' : `Conversation ${number}`,
      group: 'Conversations',
      hidden: number > 1,
      run: () => {
        const row = inbox.rows.value?.[number - 1];
        if (row) showConversation(row.id);
      },
    })),
    { keys: 'f|mod+shift+f', label: 'Search your conversations', group: 'Conversations', run: () => search.current?.focus() },
    ...filters.map((one, index) => ({ keys: String(index + 1), label: `Show ${one.label.toLowerCase()}`, group: 'Conversations', run: () => inbox.show(one.id) })),
  ]);
  return (
    <section class="list-pane" aria-label="My conversations">
      <header class="list-head">
        <h1 class="list-title">Conversations</h1>
        <SearchInput
          label="Search conversations"
          inputRef={search}
          keys="f"
          value={inbox.search.value}
          onValue={(value) => (inbox.search.value = value)}
          onKeyDown={(event) => {
            const first = rows?.[0];
            if (event.key === 'Enter' && first) showConversation(first.id);
            if (event.key === 'ArrowDown' && first) {
              event.preventDefault();
              handle.current?.focus(first.id);
            }
          }}
        />
        <Tabs
          label="Which conversations"
          tabs={filters.map((one) => ({ ...one, count: counts[one.id] }))}
          selected={filter}
          onSelect={(id) => inbox.show(id)}
        />
      </header>
      <GoOnline />
      <RingStack />
      <div class="list-body">
        {rows === null ? (
          <Skeleton label="Loading your conversations" shape="rows" rows={7} />
        ) : rows.length === 0 ? (
          inbox.search.value !== '' ? (
            <EmptyState icon="search" title="Nothing found">
              No conversation here has “{inbox.search.value}” in its name, skill or last message.
            </EmptyState>
          ) : client.rings.value.length > 0 && filter === 'open' ? null : (
            <EmptyState icon={filter === 'closed' ? 'archive' : 'inbox'} title={empty[filter][0]}>
              {empty[filter][1]}
            </EmptyState>
          )
        ) : (
          <VirtualList
            items={rows}
            keyOf={(row) => row.id}
            estimate={84}
            label={`${filters.find((one) => one.id === filter)!.label} conversations`}
            activeKey={selectedId}
            handle={handle}
            render={(row, place) => <ConversationRow conversation={row} selected={row.id === selectedId} tabIndex={place.tabIndex} />}
          />
        )}
      </div>
      <p class="ui-hidden" role="status">
        {inbox.search.value !== '' && rows !== null ? `${rows.length} found` : ''}
      </p>
      <ProfilesForSearch active={inbox.search.value !== ''} load={() => rows?.forEach((row) => void directory.profile(row.consumerId))} />
    </section>
  );
}

/** A search goes through names, hence they are fetched when one begins. */
function ProfilesForSearch({ active, load }: { readonly active: boolean; load(): void }) {
  useEffect(() => {
    if (active) load();
  }, [active]);
  return null;
}
