import { h, type Child } from '../dom/h';
import type { Context } from './context';

/** Leads out of the page, which the other side learns nothing of. Other kinds of addresses become text. */
export const safeLink = ({ texts }: Context, href: string, content: Child, more: { readonly class?: string; readonly title?: string | null; readonly onclick?: (() => void) | undefined } = {}): HTMLElement =>
  /^(?:https?|mailto|tel):/i.test(href)
    ? h('a', { class: more.class, title: more.title, onclick: () => more.onclick?.(), href, target: '_blank', rel: 'noopener noreferrer' }, content, h('span', { class: 'said' }, ` ${texts.newTab}`))
    : h('span', { class: more.class }, content);
