import { useSignal } from '@preact/signals';
import { emoji } from './emoji';

const across = 8;

export function EmojiPicker({ onPick }: { onPick(sign: string): void }) {
  const search = useSignal('');
  const words = search.value.toLowerCase().trim();
  const found = emoji.filter(([, names]) => names.includes(words));
  const move = (event: KeyboardEvent) => {
    const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.emoji-one')];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'Enter' && at < 0 && found[0]) {
      event.preventDefault();
      onPick(found[0][0]);
      return;
    }
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: at < 0 ? 1 : across, ArrowUp: -across }[event.key];
    if (steps === undefined || (at < 0 && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    if (at + steps < 0) (event.currentTarget as HTMLElement).querySelector('input')?.focus();
    else buttons[Math.min(at + steps, buttons.length - 1)]?.focus();
  };
  return (
    <div class="emoji" onKeyDown={move}>
      <input data-autofocus class="ui-input" type="search" aria-label="Search emoji" placeholder="Search emoji" value={search.value} onInput={(event) => (search.value = event.currentTarget.value)} />
      <div class="emoji-grid" role="group" aria-label="Emoji">
        {found.map(([sign, names]) => (
          <button key={sign} type="button" class="emoji-one" aria-label={names} title={names} onClick={() => onPick(sign)}>
            {sign}
          </button>
        ))}
      </div>
      {found.length === 0 && <p class="ui-hint">Nothing is called so.</p>}
    </div>
  );
}
