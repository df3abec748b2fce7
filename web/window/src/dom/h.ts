import { effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals-core';

// Elements that follow signals, in the little that the window needs: a component is a function that is called once and returns its element,
// and what changes in it is a function. The window is weighed by the byte, which rules out a library for this.

type Value = string | number | boolean | null | undefined;

/** Listeners by their lower-case names; other functions are called again whenever a signal they read changes. */
export type Attributes = { readonly [name: string]: Value | (() => Value) | ((event: any) => void) };

export type Child = Node | Value | (() => Value) | readonly Child[];

/** What ends when the part of the screen ends that is being made. */
let ends: (() => void)[] = [];

export const onEnd = (end: () => void): void => void ends.push(end);

/** An effect for as long as this part of the screen is there. */
export const follow = (act: () => void | (() => void)): void => onEnd(effect(act));

/** Makes a part of the screen; the second of the result ends what it began. */
export function part<T>(make: () => T): [T, () => void] {
  const outer = ends;
  const own: (() => void)[] = (ends = []);
  try {
    return [untracked(make), () => own.forEach(end => end())];
  } finally {
    ends = outer;
  }
}

const svgNames = new Set(['svg', 'path', 'circle']);

export function h<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes?: Attributes, ...children: Child[]): HTMLElementTagNameMap[Name];
export function h(name: 'svg' | 'path' | 'circle', attributes?: Attributes, ...children: Child[]): SVGElement;
export function h(name: string, attributes: Attributes = {}, ...children: Child[]): Element {
  const element = svgNames.has(name) ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value as () => void);
    else if (typeof value === 'function') follow(() => set(element, key, (value as () => Value)()));
    else set(element, key, value);
  }
  append(element, children);
  return element;
}

function set(element: Element, name: string, value: Value): void {
  if (name === 'value') (element as HTMLInputElement).value = String(value);
  else if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

function append(parent: Node, child: Child): void {
  if (Array.isArray(child)) child.forEach(each => append(parent, each as Child));
  else if (child instanceof Node) parent.appendChild(child);
  else if (typeof child === 'function') {
    const text = parent.appendChild(new Text());
    follow(() => void (text.data = textOf(child())));
  } else parent.appendChild(new Text(textOf(child as Value)));
}

const textOf = (value: Value): string => (value === null || value === undefined || value === false ? '' : String(value));

/** An element while `source` gives something, made anew for each other value. */
export const when = <T>(source: () => T, make: (value: NonNullable<T>) => Element): Node =>
  each(() => {
    const value = source();
    return value === null || value === undefined || value === false ? [] : [value];
  }, value => value, value => make(value.peek() as NonNullable<T>));

/** One element for each of a list, kept as long as its key is there. What it is made of can change: it comes as a signal. */
export function each<T>(source: () => readonly T[], keyOf: (item: T) => unknown, make: (item: ReadonlySignal<T>) => Element): Node {
  const end = new Comment();
  const fragment = new DocumentFragment();
  fragment.append(end);
  let shown = new Map<unknown, { item: Signal<T>; element: Element; remove: () => void }>();
  follow(() => {
    const items = source();
    untracked(() => {
      const before = shown;
      shown = new Map();
      for (const item of items) {
        const key = keyOf(item);
        if (shown.has(key)) continue;
        let one = before.get(key);
        if (one) one.item.value = item;
        else {
          const made = signal(item);
          const [element, stop] = part(() => make(made));
          one = { item: made, element, remove: () => (stop(), element.remove()) };
        }
        shown.set(key, one);
        before.delete(key);
      }
      for (const { remove } of before.values()) remove();
      let next: Node = end;
      for (const { element } of [...shown.values()].reverse()) {
        if (element.nextSibling !== next) end.parentNode!.insertBefore(element, next);
        next = element;
      }
    });
  });
  onEnd(() => shown.forEach(({ remove }) => remove()));
  return fragment;
}
