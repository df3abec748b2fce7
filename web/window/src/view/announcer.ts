import { follow, h } from '../dom/h';
import { fill } from '../i18n/texts';
import { computed } from '@preact/signals-core';
import type { Context } from './context';
import { describe, nameOf } from './describe';

/** Says what arrives, politely; the timeline itself is silent, so that reading back does not speak. */
export function announcer({ session, texts }: Context): Element {
  const messages = h('div', { class: 'said', role: 'status' });
  follow(() => {
    const { value: arrived } = session.arrived;
    messages.replaceChildren(...(arrived.length > 3 ? [texts.plural(texts.newBelow, arrived.length)] : arrived.map(entry => h('p', {}, describe(session, texts, entry)))));
  });
  const agent = computed(() => session.agentId.value && fill(texts.talking, { name: nameOf(session, texts, session.agentId.value) }));
  return h('div', {}, messages, h('div', { class: 'said', role: 'status' }, () => agent.value));
}
