import type { ComponentChildren } from 'preact';
import { useComputed } from '@preact/signals';
import { Icon, Time } from '@parley/ui';
import { useFloor } from '../context';
import { formatCount, formatSlots } from '../model/figures';
import { activeOf, numbersOf } from '../model/numbers';

/** The four numbers that tell whether somebody has to do something. */
export function Numbers() {
  const floor = useFloor();
  const numbers = useComputed(() => (floor.snapshot.value === null ? null : numbersOf(floor.snapshot.value)));
  const active = useComputed(() => (floor.open.value === null ? null : activeOf(floor.open.value)));
  const now = numbers.value;
  const skew = floor.client.now() - Date.now();
  const busy = floor.agents.value.filter((row) => row.conversations.length > 0).length;
  return (
    <dl class="mgr-numbers" aria-label="Right now">
      <Number name="Waiting" value={now === null ? null : formatCount(now.waiting)} alert={(now?.overdue ?? 0) > 0}>
        {now === null ? null : now.overdue > 0 ? (
          <span class="mgr-overdue">
            <Icon name="alert" size={12} /> {formatCount(now.overdue)} overdue
          </span>
        ) : now.waiting > 0 ? (
          'none overdue'
        ) : (
          'everybody has an agent'
        )}
      </Number>
      <Number name="Longest wait" value={now === null ? null : now.longestSince === null ? '–' : <Time at={now.longestSince} as="elapsed" skew={skew} />}>
        {now === null ? null : now.longestSince === null ? 'nobody waits' : 'and counting'}
      </Number>
      <Number name="Active" value={active.value === null ? null : formatCount(active.value)}>
        {active.value === null || now === null ? null : busy === 0 ? 'no agent has one' : `with ${busy} ${busy === 1 ? 'agent' : 'agents'}`}
      </Number>
      <Number name="Agents with free slots" value={now === null ? null : formatCount(now.onlineWithFreeSlots)} alert={now !== null && now.waiting > 0 && now.online === 0}>
        {now === null ? null : now.online === 0 ? 'nobody is online' : `of ${now.online} online, ${formatSlots(now.freeSlots)} ${now.freeSlots === 1 ? 'slot' : 'slots'} free`}
      </Number>
    </dl>
  );
}

function Number({ name, value, alert = false, children }: { name: string; value: ComponentChildren; alert?: boolean; children: ComponentChildren }) {
  return (
    <div class="mgr-number">
      <dt>{name}</dt>
      <dd class={`mgr-number-value ${alert ? 'is-alert' : ''}`} data-number={name}>
        {value === null ? <span class="mgr-blank" aria-label="Not known yet" role="img" /> : value}
      </dd>
      <dd class="mgr-number-more">{children}</dd>
    </div>
  );
}
