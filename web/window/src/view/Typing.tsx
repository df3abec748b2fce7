import { fill } from '../i18n/texts';
import { useSurroundings } from './context';
import { useComputed } from './useValue';

export function Typing() {
  const { session, texts } = useSurroundings();
  const name = useComputed(() => {
    const id = session.composing.value[0];
    return id === undefined ? null : (session.cards.of(id)?.nickname ?? texts.team);
  }, [session]);
  return name && <div class="typing" role="img" aria-label={fill(texts.typing, { name })}><i /><i /><i /></div>;
}
