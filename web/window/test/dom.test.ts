import { signal } from '@preact/signals-core';
import { beforeEach, expect, it } from 'vitest';
import { each, follow, h, onEnd, part, when } from '../src/dom/h';

const box = () => document.body.firstElementChild!;

beforeEach(() => document.body.replaceChildren());

it('follows texts and attributes', () => {
  const name = signal('a');
  document.body.append(h('p', { class: () => name.value, hidden: () => name.value === 'b', 'aria-label': null }, 'is ', () => name.value));
  expect(box().outerHTML).toBe('<p class="a">is a</p>');
  name.value = 'b';
  expect(box().outerHTML).toBe('<p class="b" hidden="">is b</p>');
});

it('writes text as text', () => {
  document.body.append(h('p', {}, '<img src=x onerror=alert(1)>', () => '<b>'));
  expect(box().children).toHaveLength(0);
  expect(box().textContent).toBe('<img src=x onerror=alert(1)><b>');
});

it('makes a part anew for another value, and ends the former', () => {
  const value = signal<string | null>(null);
  const log: string[] = [];
  document.body.append(h('p', {}, 'before', when(() => value.value, it => {
    log.push(`+${it}`);
    onEnd(() => log.push(`-${it}`));
    return h('b', {}, it);
  }), 'after'));
  expect(box().textContent).toBe('beforeafter');
  value.value = 'one';
  expect(box().textContent).toBe('beforeoneafter');
  value.value = 'two';
  expect(box().textContent).toBe('beforetwoafter');
  value.value = null;
  expect(box().textContent).toBe('beforeafter');
  expect(log).toEqual(['+one', '+two', '-one', '-two']);
});

it('keeps an element as long as its key is there, in the order of the list', () => {
  const items = signal(['a', 'b', 'c'].map(key => ({ key, text: key })));
  document.body.append(h('p', {}, each(() => items.value, item => item.key, item => h('i', {}, () => item.value.text))));
  const [a, b, c] = [...box().children];
  items.value = [{ key: 'c', text: 'C' }, { key: 'x', text: 'x' }, { key: 'a', text: 'A' }];
  expect([...box().children].map(child => child.textContent)).toEqual(['C', 'x', 'A']);
  expect(box().children[0]).toBe(c);
  expect(box().children[2]).toBe(a);
  expect(b!.isConnected).toBe(false);
});

it('shows what comes twice under one key once, and leaves nothing behind', () => {
  const items = signal(['a', 'a', 'b', 'a']);
  document.body.append(h('p', {}, each(() => items.value, item => item, item => h('i', {}, item.value))));
  expect(box().textContent).toBe('ab');
  items.value = ['b'];
  expect(box().textContent).toBe('b');
});

it('ends everything that a part began', () => {
  const source = signal(1);
  let ran = 0;
  const [element, stop] = part(() => h('p', {}, when(() => source.value > 0, () => {
    follow(() => {
      void source.value;
      ran++;
    });
    return h('b');
  })));
  document.body.append(element);
  source.value = 2;
  expect(ran).toBe(2);
  stop();
  source.value = 3;
  expect(ran).toBe(2);
});
