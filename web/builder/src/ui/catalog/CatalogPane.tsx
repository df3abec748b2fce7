import { EmptyState, SearchInput, useHotkeys } from '@parley/ui';
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { catalog, search } from '../../catalog/catalog';
import { categories, type Message } from '../../catalog/message';
import { useBench } from '../bench';

/** Every message, by category, to be found and chosen. */
export function CatalogPane({ onChoose }: { onChoose(): void }) {
  const bench = useBench();
  const words = useSignal('');
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useHotkeys([{ keys: '/|mod+k', label: 'Search messages', group: 'Message builder', run: () => input.current?.focus() }]);
  const found = words.value.trim() === '' ? catalog : search(words.value);
  const chosen = bench.draft.message.value;
  // Tab stops once in the list; the arrow keys go through it.
  const entry = found.find(message => message === chosen) ?? found[0];

  const choose = (message: Message) => {
    bench.choose(message);
    onChoose();
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...list.current!.querySelectorAll<HTMLElement>('button')];
    const to = all.indexOf(document.activeElement as HTMLElement) + step;
    if (to < 0) input.current?.focus();
    else all[Math.min(to, all.length - 1)]?.focus();
  };

  return (
    <nav class="b-catalog" aria-label="Messages" onKeyDown={move}>
      <div class="b-catalog-search">
        <SearchInput
          label="Search messages"
          keys="/"
          inputRef={input}
          value={words.value}
          onValue={value => (words.value = value)}
          onKeyDown={event => {
            if (event.key === 'Enter' && found[0]) choose(found[0]);
          }}
        />
        <p class="ui-hidden" role="status">
          {words.value === '' ? '' : `${found.length} messages found`}
        </p>
      </div>
      <div class="b-catalog-list" ref={list}>
        {found.length === 0 && (
          <EmptyState icon="search" title="Nothing has these words">
            Names, titles and explanations are searched.
          </EmptyState>
        )}
        {categories.map(category => {
          const messages = found.filter(message => message.category === category);
          return (
            messages.length > 0 && (
              <section key={category} aria-labelledby={`category-${category}`}>
                <h3 id={`category-${category}`}>{category}</h3>
                <ul>
                  {messages.map(message => (
                    <li key={message.id}>
                      <button type="button" class="b-catalog-item" tabIndex={message === entry ? 0 : -1} aria-current={message === chosen ? 'true' : undefined} onClick={() => choose(message)}>
                        <span class="b-catalog-title">{message.title}</span>
                        <code>{message.http ? message.http.path.replace('/api/account/{account}/', '').replace(/\?.*/, '') : (message.forms[bench.dialect.value] ?? Object.values(message.forms)[0]!).type}</code>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            )
          );
        })}
      </div>
    </nav>
  );
}
