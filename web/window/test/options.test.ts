import { expect, it } from 'vitest';
import { readOptions } from '../src/loader/options';

const read = (data: Record<string, string>, page = '', browser = 'en') => readOptions({ account: 'demo', ...data }, 'https://chat.example.com/window.js?x', page, browser);

it('takes the server from the address of the script', () => {
  expect(read({}).server).toBe('https://chat.example.com');
});

it('speaks the language of the page, unless told otherwise', () => {
  expect(read({}, 'de-CH', 'fr').language).toBe('de');
  expect(read({}, '', 'fr-CA').language).toBe('fr');
  expect(read({ language: 'es' }, 'de').language).toBe('es');
  expect(read({ language: 'auto' }, 'de').language).toBe('de');
});

it('is where reading ends, unless told otherwise', () => {
  expect(read({}).side).toBe('right');
  expect(read({}, 'ar').side).toBe('left');
  expect(read({ position: 'right' }, 'ar').side).toBe('right');
  expect(read({ position: 'bottom-left' }).side).toBe('left');
});

it('reads distances, and leaves out what is none', () => {
  expect(read({}).offset).toEqual([20, 20]);
  expect(read({ offset: '24' }).offset).toEqual([24, 24]);
  expect(read({ offset: '16, 96' }).offset).toEqual([16, 96]);
  expect(read({ offset: 'url(x) -5' }).offset).toEqual([20, 20]);
});

it('knows two themes and the choice of the visitor', () => {
  expect(read({ theme: 'dark' }).theme).toBe('dark');
  expect(read({ theme: 'purple' }).theme).toBe('auto');
});
