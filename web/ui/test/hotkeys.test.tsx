import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hotkeys, setSingleKeys, useHotkeys, type Hotkey } from '../src/keys/hotkeys';
import { keyCaps, spokenKeys } from '../src/keys/keys';

const place = document.createElement('div');
document.body.append(place);

function With({ list }: { readonly list: readonly Hotkey[] }) {
  useHotkeys(list);
  return <input />;
}

const show = (...list: Hotkey[]) => act(() => render(<With list={list} />, place));
const hotkey = (keys: string, run: () => void, more: Partial<Hotkey> = {}): Hotkey => ({ keys, label: keys, group: 'Test', run, ...more });
const press = (key: string, more: KeyboardEventInit = {}, on: Element = document.body) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  on.dispatchEvent(event);
  return event;
};

beforeEach(() => setSingleKeys(true));
afterEach(() => act(() => render(null, place)));

describe('hotkeys', () => {
  it('run by any of their ways', () => {
    const run = vi.fn();
    show(hotkey('a|alt+a', run));
    press('a');
    press('å', { altKey: true, code: 'KeyA' });
    press('a', { ctrlKey: true });
    press('A', { shiftKey: true });
    expect(run).toHaveBeenCalledTimes(2);
  });

  // They came an effect later than the screen: an agent who saw the ring and pressed at once was not heard.
  it('are heard as soon as what they are for is there', () => {
    const run = vi.fn();
    render(<With list={[hotkey('a', run)]} />, place);
    press('a');
    expect(run).toHaveBeenCalledOnce();
  });

  it('leave plain keys to whoever is typing, not those with Alt or Ctrl', () => {
    const run = vi.fn();
    show(hotkey('a|alt+a', run), hotkey('mod+k', run));
    const field = place.querySelector('input')!;
    expect(press('a', {}, field).defaultPrevented).toBe(false);
    expect(run).not.toHaveBeenCalled();
    press('a', { altKey: true, code: 'KeyA' }, field);
    press('k', { ctrlKey: true, code: 'KeyK' }, field);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('take two keys one after the other', () => {
    const run = vi.fn();
    const other = vi.fn();
    show(hotkey('g c', run), hotkey('c', other));
    press('g');
    press('c');
    expect(run).toHaveBeenCalledTimes(1);
    expect(other).not.toHaveBeenCalled();
    press('c');
    expect(other).toHaveBeenCalledTimes(1);
    press('g');
    press('x');
    press('c');
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('can be turned off where they need no modifier (WCAG 2.1.4)', () => {
    const run = vi.fn();
    show(hotkey('a|alt+a', run));
    setSingleKeys(false);
    press('a');
    expect(run).not.toHaveBeenCalled();
    press('a', { altKey: true, code: 'KeyA' });
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('do nothing while they are disabled, and nothing any more when their component is gone', () => {
    const run = vi.fn();
    show(hotkey('a', run, { enabled: false }));
    press('a');
    show(hotkey('a', run));
    press('a');
    expect(run).toHaveBeenCalledTimes(1);
    act(() => render(null, place));
    press('a');
    expect(run).toHaveBeenCalledTimes(1);
    expect(hotkeys.value).toEqual([]);
  });

  it('run what was given last', () => {
    const runs: number[] = [];
    show(hotkey('a', () => runs.push(1)));
    show(hotkey('a', () => runs.push(2)));
    press('a');
    expect(runs).toEqual([2]);
  });
});

describe('how keys are shown', () => {
  it('in caps', () => {
    expect(keyCaps('mod+k|x')).toEqual([['Ctrl', 'K']]);
    expect(keyCaps('g c')).toEqual([['G'], ['C']]);
    expect(keyCaps('?')).toEqual([['?']]);
    expect(keyCaps('alt+ArrowDown')).toEqual([['Alt', '↓']]);
  });

  it('to assistive tools', () => {
    expect(spokenKeys('a|alt+a')).toBe('A Alt+A');
    expect(spokenKeys('mod+Enter')).toBe('Control+Enter');
  });
});
