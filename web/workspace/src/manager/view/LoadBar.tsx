import { formatSlots } from '../model/figures';

const most = 12;

/** How full an agent is: a piece for each slot, or one bar where there are many. */
export function LoadBar({ used, slots, name }: { used: number; slots: number; name: string }) {
  const pieces = slots > most ? 1 : Math.max(slots, Math.ceil(used), 1);
  const share = (index: number) => (slots > most ? Math.min(1, used / slots) : Math.max(0, Math.min(1, used - index)));
  return (
    <span class="mgr-load" role="meter" aria-label={`Load of ${name}`} aria-valuemin={0} aria-valuemax={Math.max(slots, used)} aria-valuenow={used} aria-valuetext={`${formatSlots(used)} of ${slots} slots taken`}>
      {Array.from({ length: pieces }, (_, index) => (
        <span key={index} class={`mgr-load-slot ${index >= slots ? 'is-beyond' : ''}`}>
          <span class="mgr-load-fill" style={{ width: `${share(index) * 100}%` }} />
        </span>
      ))}
    </span>
  );
}
