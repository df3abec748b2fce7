import { useComputed } from '@preact/signals';
import { clock } from './clock';
import { formatDuration, formatWhen, formatWhole, spokenDuration } from './format';

interface TimeProps {
  /** Epoch ms. */
  readonly at: number;
  /** `when` tells the moment (`4 min`, `11:20`), `elapsed` counts up from it, `left` counts down to it. */
  readonly as?: 'when' | 'elapsed' | 'left';
  /** What the server's clock is ahead of this machine's. */
  readonly skew?: number;
  readonly class?: string;
}

/** A moment that stays true on the screen; it is drawn again only when its words change. */
export function Time({ at, as = 'when', skew = 0, class: name }: TimeProps) {
  const words = useComputed(() => {
    const now = clock.value + skew;
    return as === 'when' ? formatWhen(at, now) : formatDuration(as === 'elapsed' ? now - at : at - now);
  });
  const spoken = as === 'when' ? undefined : spokenDuration(Math.abs(Date.now() + skew - at));
  return (
    <time class={`ui-time ${name ?? ''}`} dateTime={new Date(at).toISOString()} title={spoken ? `${spoken}, ${formatWhole(at)}` : formatWhole(at)}>
      {words}
    </time>
  );
}
