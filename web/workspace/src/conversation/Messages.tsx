import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Button, EmptyState, ErrorState, formatDay, Skeleton, VirtualList, type VirtualListHandle } from '@parley/ui';
import type { Dialog, Entry } from '@parley/client';
import { useWorkspace } from '../app/Workspace';
import { Bubble } from './Bubble';
import { toRows, type Row } from './rows';
import { useNewFrom } from './useNewFrom';

interface MessagesProps {
  readonly dialog: Dialog;
  readonly consumerId: string;
  /** Marks nothing as read and shows no line for what is new. */
  readonly readOnly?: boolean;
  onReopen(): void;
}

const keyOf = (row: Row) => row.key;

export function Messages({ dialog, consumerId, readOnly = false, onReopen }: MessagesProps) {
  const { client, directory } = useWorkspace();
  const handle = useRef<VirtualListHandle | null>(null);
  const atEnd = useSignal(true);
  const below = useSignal(0);
  const entries = dialog.entries.value;
  const newFrom = useNewFrom(dialog, readOnly);
  const rows = useMemo(() => (entries === null ? null : toRows(entries, newFrom)), [entries, newFrom]);
  const nameOf = (id: string) => (id === consumerId ? directory.consumerName(id) : directory.agentName(id));
  // A consumer who has signed in meanwhile had another id before; there is one in a conversation.
  const writerOf = ({ from }: Entry) => nameOf(from.role === 'CONSUMER' ? consumerId : from.id);

  // What comes while the reader is further up waits below, and says so.
  const seen = useRef(0);
  useEffect(() => {
    const others = (entries ?? []).filter((entry) => !entry.mine).length;
    if (atEnd.peek()) below.value = 0;
    else if (others > seen.current) below.value += others - seen.current;
    seen.current = others;
  }, [entries]);
  const mine = useRef(0);
  useEffect(() => {
    const sent = (entries ?? []).filter((entry) => entry.mine).length;
    if (sent > mine.current && mine.current > 0) handle.current?.scrollToEnd();
    mine.current = sent;
  }, [entries]);

  const writing = useComputed(() => dialog.composing.value.filter((id) => id !== client.id.value));
  if (dialog.error.value !== null) {
    return (
      <ErrorState title="This conversation cannot be read" onRetry={onReopen}>
        {dialog.error.value.text}
      </ErrorState>
    );
  }
  if (rows === null) return <Skeleton label="Loading the conversation" rows={8} />;
  return (
    <div class="messages">
      {rows.length === 0 ? (
        <EmptyState icon="conversations" title="Nothing has been written yet">
          {readOnly ? '' : 'Write the first message, or wait until the consumer does.'}
        </EmptyState>
      ) : (
        <VirtualList
          items={rows}
          keyOf={keyOf}
          estimate={64}
          role="feed"
          anchor="end"
          label="Messages"
          class="messages-list"
          initialKey={newFrom === null ? null : 'new'}
          handle={handle}
          onAtEnd={(is) => {
            atEnd.value = is;
            if (is) below.value = 0;
          }}
          render={(row) => {
            switch (row.kind) {
              case 'day':
                return <p class="day-line">{formatDay(row.at, client.now())}</p>;
              case 'new':
                return <p class="new-line">New since you were away</p>;
              case 'event':
                return <AutomaticMessage text={row.entry.content.kind === 'text' ? row.entry.content.text : 'Automatic message'} />;
              case 'message':
                return (
                  <Bubble
                    entry={row.entry}
                    first={row.first}
                    last={row.last}
                    name={writerOf(row.entry)}
                    dialog={dialog}
                  />
                );
            }
          }}
        />
      )}
      {writing.value.length > 0 && (
        <p class="typing" role="status">
          <span class="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {writing.value.map(nameOf).join(' and ')} {writing.value.length > 1 ? 'are' : 'is'} typing
        </p>
      )}
      {!atEnd.value && (
        <Button class="to-end" size="small" icon="arrowDown" onClick={() => handle.current?.scrollToEnd()}>
          {below.value > 0 ? `${below.value} new` : 'Newest'}
        </Button>
      )}
      <NewestForEars dialog={dialog} writerOf={writerOf} />
    </div>
  );
}

function AutomaticMessage({ text }: { readonly text: string }) {
  return (
    <div class="automatic">
      <p class="automatic-mark">Automatic message</p>
      <p class="automatic-text">{text}</p>
    </div>
  );
}

/** Says what others write, once each; the list itself is drawn again while it scrolls and would say it all anew. */
function NewestForEars({ dialog, writerOf }: { readonly dialog: Dialog; writerOf(entry: Entry): string }) {
  const start = useRef<string | null | undefined>(undefined);
  const entries = dialog.entries.value;
  const newest = entries?.findLast((entry) => !entry.mine) ?? null;
  if (start.current === undefined && entries !== null) start.current = newest?.key ?? null;
  if (newest === null || newest.key === start.current) return <p class="ui-hidden" role="log" aria-label="New messages" />;
  const { content } = newest;
  const words = content.kind === 'text' ? content.text : content.kind === 'file' ? `sent a file, ${content.caption}` : 'sent a card';
  return (
    <p class="ui-hidden" role="log" aria-label="New messages">
      {writerOf(newest)}: {words}
    </p>
  );
}
