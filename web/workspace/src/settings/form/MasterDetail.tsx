import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { Button, EmptyState, IconButton, Link, SearchInput, VirtualList, type IconName, type VirtualListHandle } from '@parley/ui';
import { go, pathTo, type SectionId } from '../place';

interface MasterDetailProps<T> {
  readonly section: SectionId;
  readonly title: string;
  readonly icon: IconName;
  /** What it is called when there is none: `No skill yet`. */
  readonly nothing: string;
  readonly nothingMore: string;
  readonly items: readonly T[];
  readonly selected: string | null;
  keyOf(item: T): string;
  /** What can be searched. */
  words(item: T): string;
  row(item: T): ComponentChildren;
  /** Null for none. */
  readonly add: { readonly label: string; run(): void } | null;
  detail(item: T): ComponentChildren;
}

/** A list, and beside it (on a phone: instead of it) one of its items. */
export function MasterDetail<T>(props: MasterDetailProps<T>) {
  const { section, title, icon, items, selected, keyOf, add } = props;
  const search = useSignal('');
  const handle = useRef<VirtualListHandle | null>(null);
  const text = search.value.trim().toLocaleLowerCase();
  const shown = text === '' ? items : items.filter((item) => props.words(item).toLocaleLowerCase().includes(text));
  const item = selected === null ? undefined : items.find((one) => keyOf(one) === selected);
  return (
    <div class={`set-split ${selected === null ? '' : 'has-detail'}`}>
      <div class="set-master">
        <header class="set-section-head">
          <IconButton class="set-back" icon="arrowLeft" label="All settings" onClick={() => go(null)} />
          <h2>{title}</h2>
          {add !== null && (
            <Button size="small" kind="primary" icon="plus" onClick={add.run}>
              {add.label}
            </Button>
          )}
        </header>
        {items.length > 0 && (
          <div class="set-search">
            <SearchInput
              label={`Search ${title.toLowerCase()}`}
              value={search.value}
              onValue={(value) => (search.value = value)}
              onKeyDown={(event) => {
                if (event.key !== 'ArrowDown' || shown.length === 0) return;
                event.preventDefault();
                handle.current?.focus(keyOf(shown[0]!));
              }}
            />
          </div>
        )}
        {items.length === 0 ? (
          <EmptyState icon={icon} title={props.nothing} action={add === null ? undefined : <Button onClick={add.run}>{add.label}</Button>}>
            {props.nothingMore}
          </EmptyState>
        ) : shown.length === 0 ? (
          <EmptyState icon="search" title="None of them fits">
            Try other words.
          </EmptyState>
        ) : (
          <VirtualList
            items={shown}
            keyOf={keyOf}
            estimate={56}
            label={title}
            class="set-list"
            activeKey={selected}
            handle={handle}
            render={(one, { tabIndex }) => (
              <Link to={pathTo(section, keyOf(one))} class="set-item" aria-current={keyOf(one) === selected || undefined} tabIndex={tabIndex}>
                {props.row(one)}
              </Link>
            )}
          />
        )}
      </div>
      <div class="set-detail">
        {item !== undefined ? (
          <div key={selected} class="set-section">
            <IconButton class="set-back" icon="arrowLeft" label={`All ${title.toLowerCase()}`} onClick={() => go(section)} />
            {props.detail(item)}
          </div>
        ) : selected !== null ? (
          <EmptyState icon="search" title="This is not there any more" action={<Button onClick={() => go(section)}>Show all</Button>}>
            Somebody removed it, or the address is wrong.
          </EmptyState>
        ) : (
          items.length > 0 && <EmptyState icon={icon} title="Choose one from the list" />
        )}
      </div>
    </div>
  );
}
