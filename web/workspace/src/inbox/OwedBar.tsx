import { useComputed } from '@preact/signals';
import { clock, formatDuration, Icon } from '@parley/ui';
import { shareGone, urgency, type Owed } from './order';

/** Waiting time in words and as a thin bar that fills until the answer is due; red and with a sign when it is overdue. */
export function OwedBar({ owed, skew }: { readonly owed: Owed; readonly skew: number }) {
  const gone = useComputed(() => Math.min(100, Math.floor(shareGone(owed, clock.value + skew) * 100)));
  const words = useComputed(() => formatDuration(clock.value + skew - owed.since));
  const state = urgency(gone.value / 100);
  return (
    <span class={`owed owed-${state}`}>
      {state === 'late' && <Icon name="alert" size={12} label="Overdue" />}
      <span class="owed-time">
        <span class="ui-hidden">waiting </span>
        {words}
      </span>
      <span class="owed-track" aria-hidden="true">
        <span class="owed-fill" style={{ width: `${gone.value}%` }} />
      </span>
    </span>
  );
}
