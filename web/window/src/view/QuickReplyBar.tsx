import type { Entry, QuickReplies } from '@parley/client';
import type { Row } from '../model/rows';
import { useSurroundings } from './context';
import { live } from './EntryView';
import { Icon } from './Icon';
import { SafeLink } from './SafeLink';
import { useClick } from './useClick';

type EntryRow = Row & { readonly kind: 'entry' };

/** Answers to the last message, until somebody has said something else. */
export function QuickReplyBar({ row }: { row: EntryRow | null }) {
  const replies = row && !row.entry.mine && live(row.section) ? repliesOf(row.entry) : null;
  return row && replies ? <Bar row={row} replies={replies} /> : null;
}

function Bar({ row, replies }: { row: EntryRow; replies: QuickReplies }) {
  const { texts } = useSurroundings();
  const clickOf = useClick(row.entry, row.section);
  return (
    <div class="replies" role="group" aria-label={texts.replies}>
      {replies.replies.map((reply, i) => {
        const click = clickOf(reply.click);
        const label = <span dir="auto">{reply.title}</span>;
        return click.href
          ? <SafeLink key={i} class="reply" href={click.href} title={reply.tooltip ?? undefined} onClick={click.act}>{label}<Icon name="link" size={16} /></SafeLink>
          : <button key={i} type="button" class="reply" title={reply.tooltip ?? undefined} disabled={click.disabled} onClick={click.act}>{label}</button>;
      })}
    </div>
  );
}

const repliesOf = ({ content }: Entry): QuickReplies | null => (content.kind === 'text' || content.kind === 'card' ? content.quickReplies : null);
