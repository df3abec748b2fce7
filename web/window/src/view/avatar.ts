import { h } from '../dom/h';

/** Picture or initials. Decoration: the name stands beside it. */
export function avatar(name: string, picture: string | null | undefined, size: 'small' | 'large'): Element {
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ''].map(word => [...(word ?? '')][0] ?? '').join('').toLocaleUpperCase();
  const circle = h('span', { class: `avatar ${size}`, 'aria-hidden': 'true' }, initials);
  if (picture && /^https?:/i.test(picture)) {
    circle.replaceChildren(h('img', { src: picture, alt: '', referrerpolicy: 'no-referrer', onerror: () => circle.replaceChildren(initials) }));
  }
  return circle;
}
