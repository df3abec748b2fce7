import { computed, signal, type Signal } from '@preact/signals-core';
import { h, when } from '../dom/h';
import { fill } from '../i18n/texts';
import { avatar } from './avatar';
import type { Context } from './context';
import { nameOf } from './describe';
import { icon } from './icon';

export type Question = 'end' | 'forget';

export function header(context: Context, question: Signal<Question | null>): Element {
  const { session, texts, options } = context;
  const brand = options.title ?? (() => session.availability.value?.brandName ?? texts.title);
  const name = computed(() => session.agentId.value && nameOf(session, texts, session.agentId.value));
  const picture = computed(() => session.agentId.value && session.cards.of(session.agentId.value)?.pictureUrl);
  return h('header', { class: 'header' },
    when(() => name.value && `${name.value} ${picture.value}`, () => avatar(name.value!, picture.value, 'large')),
    h('div', { class: 'titles' }, h('h2', { id: 'title' }, h('bdi', {}, brand)), when(() => name.value, name => h('p', {}, fill(texts.talking, { name })))),
    menu(context, question),
    h('button', { type: 'button', class: 'plain', 'aria-label': texts.close, title: `${texts.close} (Esc)`, onclick: () => session.close() }, icon('close')));
}

function menu({ session, texts }: Context, question: Signal<Question | null>): Element {
  const shown = signal(false);
  const button = h('button', {
    type: 'button', class: 'plain', 'aria-label': texts.more, title: texts.more, 'aria-expanded': () => String(shown.value), onclick: () => (shown.value = !shown.value),
  }, icon('more'));
  const choice = (value: Question) =>
    h('button', {
      type: 'button',
      onclick() {
        shown.value = false;
        question.value = value;
      },
    }, texts[value]);
  return h('div', {
    class: 'menu',
    onkeydown(event: KeyboardEvent) {
      if (event.key !== 'Escape' || !shown.value) return;
      event.preventDefault();
      button.focus();
      shown.value = false;
    },
    onfocusout: (event: FocusEvent) => (event.currentTarget as Element).contains(event.relatedTarget as Node | null) || (shown.value = false),
  }, button, when(() => shown.value, () => h('div', { class: 'choices' }, session.conversation.value?.mainOpen && choice('end'), choice('forget'))));
}

/** Asks once before something that cannot be taken back. */
export const confirmation = ({ session, texts }: Context, question: Signal<Question | null>): Node =>
  when(() => question.value, asked => {
    const cancel = h('button', { type: 'button', class: 'quiet', onclick: () => (question.value = null) }, texts.cancel);
    const act = () => {
      question.value = null;
      if (asked === 'forget') session.forget();
      else session.end();
    };
    queueMicrotask(() => cancel.focus());
    return h('div', { class: 'confirm', role: 'group', 'aria-labelledby': 'question' },
      h('p', { id: 'question' }, asked === 'end' ? texts.endSure : texts.forgetSure),
      cancel,
      h('button', { type: 'button', class: 'strong', onclick: act }, texts[asked]));
  });
