import { signal } from '@preact/signals-core';
import { h, when } from '../dom/h';
import type { Context } from './context';
import { drawing } from './icon';

const mouths = ['M8 16.5q4-4 8 0', 'M8 16q4-2 8 0', 'M8 15.5h8', 'M8 15q4 2 8 0', 'M8 14.5q4 4 8 0'];
const face = 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM9 9.5v.5M15 9.5v.5';

/** Two taps at the end: how it was, and whether the question is answered. Each is kept at once. */
export const rating = ({ session, texts }: Context): Node =>
  when(() => session.ratable.value, id => {
    const step = signal<'rate' | 'solved' | 'thanks'>('rate');
    let rate = 0;
    const give = (next: 'solved' | 'thanks', solved?: boolean) => {
      session.rate(id, rate, solved);
      step.value = next;
      // The button that had the focus is gone: the next question gets it.
      (box.querySelector('button') ?? box).focus();
    };
    const answer = (word: string, solved: boolean) => h('button', { type: 'button', class: 'reply', onclick: () => give('thanks', solved) }, word);
    const box = h('div', { class: 'rating', role: 'group', 'aria-labelledby': 'rating', tabindex: -1 },
      h('p', { id: 'rating' }, () => ({ rate: texts.rate, solved: texts.solved, thanks: texts.thanks })[step.value]),
      when(() => step.value === 'rate', () => h('div', {},
        h('div', { class: 'faces' }, mouths.map((mouth, i) =>
          h('button', {
            type: 'button', title: texts.rates[i], 'aria-label': texts.rates[i],
            onclick() {
              rate = i + 1;
              give('solved');
            },
          }, drawing(face + mouth, 32)))),
        h('button', { type: 'button', class: 'link', onclick: () => session.skipRating(id) }, texts.notNow))),
      when(() => step.value === 'solved', () => h('div', { class: 'answers' }, answer(texts.yes, true), answer(texts.no, false))));
    return box;
  });
