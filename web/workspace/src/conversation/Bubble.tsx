import { Avatar, Button, formatTime, formatWhole, Icon, memo } from '@parley/ui';
import type { Dialog, Entry } from '@parley/client';
import { CardView } from './CardView';
import { FileView } from './FileView';
import { LinkText } from './LinkText';
import { QuickRepliesView } from './QuickRepliesView';
import { Receipt } from './Receipt';

export interface BubbleProps {
  readonly entry: Entry;
  readonly first: boolean;
  readonly last: boolean;
  readonly name: string;
  readonly pictureUrl: string | null;
  readonly dialog: Pick<Dialog, 'fileAddress' | 'retry' | 'discard'>;
}

const roles: Partial<Record<Entry['from']['role'], string>> = { MANAGER: 'Manager', READER: 'Reader', AGENT: 'Colleague', ASSIGNED_AGENT: 'Colleague' };

/** One message. Notes for colleagues look like nothing a consumer ever sees. */
export const Bubble = memo(function Bubble({ entry, first, last, name, pictureUrl, dialog }: BubbleProps) {
  const { content, from, isPrivate, mine, status } = entry;
  const side = from.role === 'CONSUMER' ? 'theirs' : 'ours';
  const who = mine ? 'You' : name;
  return (
    <div class={`bubble-row is-${side} ${first ? 'is-first' : ''} ${isPrivate ? 'is-note' : ''} ${status === 'failed' ? 'is-failed' : ''}`}>
      {side === 'theirs' && <span class="bubble-face">{first && <Avatar id={from.id} name={name} url={pictureUrl} size={24} />}</span>}
      <div class="bubble-column">
        {first ? (
          <p class="bubble-head">
            <bdi>{who}</bdi>
            {!mine && roles[from.role] && <span> · {roles[from.role]}</span>}
            {isPrivate && (
              <span class="note-mark">
                <Icon name="lock" size={12} /> Private note
              </span>
            )}
            <time class="bubble-time" dateTime={new Date(entry.at).toISOString()} title={formatWhole(entry.at)}>
              {formatTime(entry.at)}
            </time>
          </p>
        ) : (
          <span class="ui-hidden">
            {who}
            {isPrivate ? ', private note' : ''}, {formatTime(entry.at)}:{' '}
          </span>
        )}
        <div class={`bubble bubble-${content.kind}`} title={first ? undefined : formatWhole(entry.at)}>
          {content.kind === 'text' && (
            <p class="bubble-text" dir="auto">
              <LinkText text={content.text} />
            </p>
          )}
          {content.kind === 'card' && <CardView card={content.card} />}
          {content.kind === 'file' && <FileView file={content} dialog={dialog} progress={entry.progress} />}
          {content.kind === 'other' && (
            <p class="bubble-other">
              <Icon name="file" /> Something this screen cannot show ({content.type})
            </p>
          )}
        </div>
        {(content.kind === 'text' || content.kind === 'card') && content.quickReplies && <QuickRepliesView replies={content.quickReplies} />}
        {status === 'failed' ? (
          <div class="bubble-failed" role="alert">
            <Icon name="error" />
            <span>{entry.error?.text || 'It could not be sent.'}</span>
            <Button size="small" icon="refresh" onClick={() => dialog.retry(entry.key)}>
              Try again
            </Button>
            <Button size="small" kind="quiet" onClick={() => dialog.discard(entry.key)}>
              Discard
            </Button>
          </div>
        ) : (
          mine && !isPrivate && (last || status === 'sending') && <Receipt status={status} />
        )}
      </div>
    </div>
  );
});
