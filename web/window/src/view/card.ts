import type { CardElement, CardStyle, Entry } from '@parley/client';
import { h } from '../dom/h';
import type { Section } from '../model/rows';
import { clicksOf, mapAddress, pressable, type ClickOf } from './clicks';
import type { Context } from './context';
import { icon } from './icon';
import { safeLink } from './safeLink';

export const card = (context: Context, root: CardElement, entry: () => Entry, section: () => Section): Element =>
  h('div', { class: 'card' }, element(context, root, clicksOf(context, entry, section)));

function element(context: Context, part: CardElement, clickOf: ClickOf): Element {
  const { texts } = context;
  if ('elements' in part) {
    const reached = part.type === 'carousel' && { role: 'group', tabindex: 0, 'aria-label': texts.messages };
    return h('div', { class: part.type, ...reached }, part.elements.map(child => element(context, child, clickOf)));
  }
  const click = clickOf(part.click);
  const onclick = click?.act;
  switch (part.type) {
    case 'button': return pressable(context, click, words(part.title), { class: `button ${classOf(part.style)}`, title: part.tooltip });
    case 'map': return safeLink(context, click?.href ?? mapAddress(part), [icon('pin', 24), words(part.tooltip ?? texts.map)], { class: 'map', onclick });
    case 'linkPreview': return safeLink(context, part.url, [icon('link'), words(part.title || part.url)], { class: 'map', onclick });
    default: {
      const more = { class: `${part.type} ${classOf(part.style)}`, title: part.type === 'image' ? part.tooltip : null };
      const content =
        part.type === 'text' ? h('span', { dir: part.style.rtl ? 'rtl' : 'auto' }, part.text)
        : [
            h('img', { src: part.url, alt: part.tooltip ?? part.caption ?? texts.image, loading: 'lazy', referrerpolicy: 'no-referrer' }),
            part.caption && h('small', { dir: 'auto' }, part.caption),
          ];
      return click ? pressable(context, click, content, more) : h('div', more, content);
    }
  }
}

const words = (text: string) => h('span', { dir: 'auto' }, text);

const classOf = ({ bold, italic, size }: CardStyle): string => [bold && 'bold', italic && 'italic', size].filter(Boolean).join(' ');
