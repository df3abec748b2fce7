import { fill } from '../i18n/texts';
import { useSurroundings } from './context';
import { describe } from './describe';
import { useComputed, useValue } from './useValue';

/** Says what arrives, politely; the timeline itself is silent, so that reading back does not speak. */
export function Announcer() {
  const { session, texts } = useSurroundings();
  const arrived = useValue(session.arrived);
  const who = useComputed(() => (session.agentId.value ? (session.cards.of(session.agentId.value)?.nickname ?? texts.team) : null), [session]);
  return (
    <>
      <div class="said" role="status">
        {arrived.length > 3 ? texts.plural(texts.newBelow, arrived.length) : arrived.map(({ entry }) => <p key={entry.key}>{describe(session, texts, entry)}</p>)}
      </div>
      <div class="said" role="status">{who && fill(texts.talking, { name: who })}</div>
    </>
  );
}
