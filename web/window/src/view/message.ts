import type { EntryStatus } from '@parley/client';
import { computed, type ReadonlySignal } from '@preact/signals-core';
import { h, when } from '../dom/h';
import { linkify } from '../model/linkify';
import type { EntryRow } from '../model/rows';
import { avatar } from './avatar';
import { card } from './card';
import type { Context } from './context';
import { authorOf } from './describe';
import { file } from './file';
import { icon, type IconName } from './icon';
import { safeLink } from './safeLink';

/** One message. `showStatus`: whether it is the last of those that arrived. */
export function message(context: Context, row: ReadonlySignal<EntryRow>, showStatus: () => boolean): Element {
  const { session, texts } = context;
  const entry = computed(() => row.value.entry);
  const { mine, from, at } = entry.peek();
  const author = computed(() => authorOf(session, texts, entry.value));
  const picture = computed(() => (mine ? null : session.cards.of(from.id)?.pictureUrl));
  const status = computed(() => {
    const { status } = entry.value;
    return status === 'failed' || status === 'sending' || showStatus() ? status : null;
  });
  const has = (name: string, it: boolean) => (it ? ` ${name}` : '');
  return h('div', { class: () => `entry ${mine ? 'mine' : 'theirs'}${has('first', row.value.first)}${has('last', row.value.last)}${has('failed', status.value === 'failed')}` },
    when(() => row.value.first, () =>
      h('p', { class: 'by' },
        !mine && when(() => `${author.value} ${picture.value}`, () => avatar(author.value, picture.value, 'small')),
        h('b', { class: mine && 'said', dir: 'auto' }, () => author.value), ' ',
        h('time', { datetime: new Date(at).toISOString() }, texts.time(at)))),
    when(() => entry.value.content, content =>
      content.kind === 'text' ? text(context, content.text)
      : content.kind === 'file' ? file(context, content, entry, row.value.section)
      : content.kind === 'card' ? card(context, content.card, () => entry.value, () => row.value.section)
      : h('div', { class: 'bubble unknown' }, texts.unknown)),
    when(() => status.value, value =>
      h('p', { class: 'status' },
        icon(icons[value], 16), h('span', {}, texts[value === 'received' ? 'sent' : value]),
        value === 'failed' && [
          h('button', { type: 'button', onclick: () => row.value.section.dialog.retry(entry.value.key) }, texts.retry),
          h('button', { type: 'button', onclick: () => row.value.section.dialog.discard(entry.value.key) }, texts.remove),
        ])));
}

/** Text is text; only addresses in it can be clicked. */
const text = (context: Context, words: string): Element =>
  h('div', { class: 'bubble', dir: 'auto' }, linkify(words).map(part => (part.href ? safeLink(context, part.href, part.text) : part.text)));

const icons: Record<EntryStatus, IconName> = { sending: 'clock', sent: 'check', delivered: 'checks', read: 'checks', failed: 'alert', received: 'check' };
