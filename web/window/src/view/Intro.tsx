import type { ServiceInfo } from '@parley/client';
import { fill, type Texts } from '../i18n/texts';
import { useSurroundings } from './context';
import { useValue } from './useValue';

/** The first line: the brand's words, and honestly when an answer is likely. */
export function Intro() {
  const { session, texts, options } = useSurroundings();
  const availability = useValue(session.availability);
  const agentId = useValue(session.agentId);
  const waiting = useValue(session.isWaiting);
  return (
    <div class="intro">
      <p class="greeting"><bdi>{options.greeting ?? texts.greeting}</bdi></p>
      {availability && !agentId && !waiting && (
        <p class={isThere(availability) ? 'presence there' : 'presence'}>{presence(texts, availability, Date.now())}</p>
      )}
    </div>
  );
}

const isThere = (availability: ServiceInfo): boolean => availability.open && !!availability.agentsOnline;

function presence(texts: Texts, availability: ServiceInfo, now: number): string {
  if (!isThere(availability)) {
    const back = !availability.open && availability.opensAt ? fill(texts.opens, { time: texts.moment(availability.opensAt, now) }) : texts.nobody;
    return `${back} ${texts.writeAnyway}`;
  }
  return availability.usualAnswerSeconds === null ? texts.available : fill(texts.usually, { time: texts.duration(availability.usualAnswerSeconds) });
}
