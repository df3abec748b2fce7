import { useSignal } from '@preact/signals';
import type { QueueItem } from '@parley/client/admin';
import { Badge, Button, EmptyState, Icon, Link, Skeleton, Time } from '@parley/ui';
import { useFloor } from '../context';
import { formatSeconds } from '../model/figures';
import { pathBeside } from '../place';

const few = 8;

/** Who waits, in the order in which an agent is found. */
export function QueueTable() {
  const floor = useFloor();
  const all = useSignal(false);
  const snapshot = floor.snapshot.value;
  if (snapshot === null) return <Skeleton label="The queue" rows={4} shape="rows" />;
  const { first, bySkill } = snapshot.queue;
  const waiting = bySkill.reduce((sum, row) => sum + row.waiting, 0);
  if (first.length === 0) {
    return (
      <EmptyState icon="check" title="Nobody waits">
        Whoever begins a conversation stands here until an agent accepts.
      </EmptyState>
    );
  }
  const shown = all.value ? first : first.slice(0, few);
  const beyond = waiting - shown.length;
  return (
    <>
      <div role="table" aria-label="Queue" aria-rowcount={waiting + 1} class="mgr-table mgr-queue">
        <div role="row" class="mgr-table-head">
          <span role="columnheader">Place</span>
          <span role="columnheader">Consumer</span>
          <span role="columnheader">Skill</span>
          <span role="columnheader">Waiting</span>
          <span role="columnheader">Probably</span>
        </div>
        {shown.map((item) => (
          <Row key={item.conversationId} item={item} skew={floor.client.now() - Date.now()} />
        ))}
      </div>
      {beyond > 0 && (
        <p class="mgr-more">
          {!all.value && first.length > few ? (
            <Button kind="quiet" size="small" onClick={() => (all.value = true)}>
              Show all {waiting <= first.length ? waiting : `of the first ${first.length}`}
            </Button>
          ) : (
            `and ${beyond} more`
          )}
        </p>
      )}
    </>
  );
}

function Row({ item, skew }: { item: QueueItem; skew: number }) {
  const floor = useFloor();
  return (
    <div role="row" class="mgr-table-row">
      <span role="cell" class="mgr-queue-place">
        {item.position}
      </span>
      <span role="cell" class="mgr-queue-who">
        <Link to={pathBeside(item.conversationId)} class="mgr-row-link">
          {floor.directory.consumerName(item.consumerId)}
        </Link>
        <span class="mgr-quiet">{whatHappens(item)}</span>
      </span>
      <span role="cell" class="mgr-queue-skill mgr-cut">
        {floor.directory.skillName(item.skillId)}
      </span>
      <span role="cell" class="mgr-queue-waiting">
        <Time at={item.since} as="elapsed" skew={skew} /> <UrgencyBadge item={item} />
      </span>
      <span role="cell" class="mgr-queue-estimate mgr-quiet">
        {item.estimatedWaitSeconds === null ? 'not known' : item.estimatedWaitSeconds < 5 ? 'any moment' : `${formatSeconds(item.estimatedWaitSeconds)} more`}
      </span>
    </div>
  );
}

function whatHappens(item: QueueItem): string {
  if (item.ringing.length > 0) return `rings ${item.ringing.map((agent) => agent.nickname).join(', ')}`;
  return item.handedTo === null ? 'waits for an agent' : `waits for ${item.handedTo.nickname} alone`;
}

function UrgencyBadge({ item }: { item: QueueItem }) {
  if (item.overdue) {
    return (
      <Badge tone="danger">
        <Icon name="alert" size={12} /> Overdue
      </Badge>
    );
  }
  return item.class === 'urgent' ? <Badge tone="warning">Urgent</Badge> : item.class === 'prioritized' ? <Badge>Prioritized</Badge> : null;
}
