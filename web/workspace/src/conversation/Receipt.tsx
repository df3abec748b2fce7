import { Icon, type IconName } from '@parley/ui';
import type { EntryStatus } from '@parley/client';

const marks: Partial<Record<EntryStatus, readonly [IconName, string]>> = {
  sending: ['clock', 'On its way'],
  sent: ['check', 'Sent'],
  delivered: ['checkDouble', 'Delivered'],
  read: ['checkDouble', 'Read'],
};

/** How far one's own message has come. */
export function Receipt({ status }: { readonly status: EntryStatus }) {
  const mark = marks[status];
  if (mark === undefined) return null;
  return (
    <span class={`receipt receipt-${status}`} title={mark[1]}>
      <Icon name={mark[0]} size={12} />
      <span>{mark[1]}</span>
    </span>
  );
}
