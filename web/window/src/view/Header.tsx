import { useRef, useState } from 'preact/hooks';
import { fill } from '../i18n/texts';
import { Avatar } from './Avatar';
import type { Question } from './Confirm';
import { useSurroundings } from './context';
import { Icon } from './Icon';
import { useComputed } from './useValue';

export function Header({ close, ask }: { close: () => void; ask: (question: Question) => void }) {
  const { session, texts, options } = useSurroundings();
  const agent = useComputed(() => {
    const id = session.agentId.value;
    return id && { id, card: session.cards.of(id) };
  }, [session]);
  const brand = useComputed(() => options.title ?? session.availability.value?.brandName ?? texts.title, [session]);
  const open = useComputed(() => !!session.conversation.value?.mainOpen, [session]);
  const name = agent && (agent.card?.nickname ?? agent.card?.fullName ?? texts.team);
  return (
    <header class="header">
      {agent && <Avatar name={name ?? brand} picture={agent.card?.pictureUrl ?? null} size="large" />}
      <div class="titles">
        <h2 id="title"><bdi>{brand}</bdi></h2>
        {name && <p>{fill(texts.talking, { name })}</p>}
      </div>
      <Menu open={open} ask={ask} />
      <button type="button" class="plain" onClick={close} aria-label={texts.close} title={`${texts.close} (Esc)`}><Icon name="close" /></button>
    </header>
  );
}

function Menu({ open, ask }: { open: boolean; ask: (question: Question) => void }) {
  const { texts } = useSurroundings();
  const [shown, setShown] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const choose = (question: Question) => {
    setShown(false);
    ask(question);
  };
  return (
    <div
      class="menu"
      onKeyDown={event => {
        if (event.key !== 'Escape' || !shown) return;
        event.preventDefault();
        setShown(false);
        button.current?.focus();
      }}
      onFocusOut={event => event.currentTarget.contains(event.relatedTarget as Node | null) || setShown(false)}
    >
      <button ref={button} type="button" class="plain" aria-expanded={shown} aria-label={texts.more} title={texts.more} onClick={() => setShown(!shown)}>
        <Icon name="more" />
      </button>
      {shown && (
        <div class="choices">
          {open && <button type="button" onClick={() => choose('end')}>{texts.end}</button>}
          <button type="button" onClick={() => choose('forget')}>{texts.forget}</button>
        </div>
      )}
    </div>
  );
}
