import { fill } from '../i18n/texts';
import { useSurroundings } from './context';
import { useComputed, useValue } from './useValue';

/** While nobody has taken the conversation: where it stands, and that one need not stay. */
export function WaitingNote() {
  const { session, texts } = useSurroundings();
  const waiting = useValue(session.waiting);
  const isWaiting = useValue(session.isWaiting);
  const until = useComputed(() => session.waiting.value?.delayUntil ?? session.conversation.value?.delay?.until ?? null, [session]);
  const availability = useValue(session.availability);
  if (!isWaiting) return null;
  const now = session.client.peek()?.now() ?? Date.now();
  const { position, estimateSeconds } = waiting ?? { position: null, estimateSeconds: null };
  return (
    <div class="waiting" role="status">
      <p>
        {until && until > now ? fill(texts.opens, { time: texts.moment(until, now) })
          : availability && !availability.agentsOnline ? texts.nobody
          : position === null ? texts.waiting
          : position <= 1 ? texts.next
          : fill(texts.position, { n: position })}
        {estimateSeconds !== null && !(until && until > now) && ` ${fill(texts.estimate, { time: texts.duration(estimateSeconds) })}`}
      </p>
      <p>{texts.leave}</p>
    </div>
  );
}
