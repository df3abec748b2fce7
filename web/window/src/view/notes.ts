import { computed } from '@preact/signals-core';
import { h, when } from '../dom/h';
import { fill } from '../i18n/texts';
import type { Context } from './context';
import { nameOf } from './describe';

/** The first line: the brand's words, and honestly when an answer is likely. */
export function intro({ session, texts, options }: Context): Element {
  const isThere = () => !!session.availability.value?.open && !!session.availability.value.agentsOnline;
  const presence = computed(() => {
    const { value: info } = session.availability;
    if (!info || session.agentId.value || session.isWaiting.value) return null;
    if (isThere()) return info.usualAnswerSeconds === null ? texts.available : fill(texts.usually, { time: texts.duration(info.usualAnswerSeconds) });
    return `${info.opensAt && !info.open ? fill(texts.opens, { time: texts.moment(info.opensAt, session.now()) }) : texts.nobody} ${texts.writeAnyway}`;
  });
  return h('div', { class: 'intro' },
    h('p', { class: 'greeting' }, h('bdi', {}, options.greeting ?? texts.greeting)),
    when(() => presence.value, words => h('p', { class: () => (isThere() ? 'presence there' : 'presence') }, words)));
}

/** While nobody has taken the conversation: where it stands, and that one need not stay. */
export function waitingNote({ session, texts }: Context): Node {
  const place = computed(() => {
    const { value: waiting } = session.waiting;
    const until = waiting?.delayUntil ?? session.conversation.value?.delay?.until ?? 0;
    if (until > session.now()) return fill(texts.opens, { time: texts.moment(until, session.now()) });
    if (session.availability.value && !session.availability.value.agentsOnline) return texts.nobody;
    const { position = null, estimateSeconds = null } = waiting ?? {};
    const where = position === null ? texts.waiting : position <= 1 ? texts.next : fill(texts.position, { n: position });
    return estimateSeconds === null ? where : `${where} ${fill(texts.estimate, { time: texts.duration(estimateSeconds) })}`;
  });
  return when(() => session.isWaiting.value, () => h('div', { class: 'waiting', role: 'status' }, h('p', {}, () => place.value), h('p', {}, texts.leave)));
}

export const typing = ({ session, texts }: Context): Node =>
  when(() => session.composing.value[0], id =>
    h('p', { class: 'typing' }, h('span', { class: 'said' }, () => fill(texts.typing, { name: nameOf(session, texts, id) })), h('i'), h('i'), h('i')));

/** The one place that says whether what is on the screen is true. */
export function connectionNotice({ session, texts }: Context): Element {
  const kind = computed(() => {
    const connection = session.client.value?.connection.value;
    return connection?.kind === 'connecting' && connection.since === null ? 'first' : connection?.kind;
  });
  const words = (kind: string) => (kind === 'offline' ? texts.offline : kind === 'ended' ? texts.unreachable : texts.connecting);
  return h('div', { role: 'status' },
    when(() => (kind.value === 'online' ? null : kind.value), kind =>
      h('div', { class: `notice ${kind}` },
        h('span', {}, words(kind)),
        (kind === 'offline' || kind === 'ended') && h('button', { type: 'button', onclick: () => session.reconnect() }, texts.tryAgain))));
}
