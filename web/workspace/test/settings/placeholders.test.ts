import { expect, test } from 'vitest';
import { insertAt, previewOf } from '../../src/settings/model/placeholders';

const known = [{ name: 'position', meaning: 'Place in the queue', example: '3' }];

test('a preview fills what is known and marks what is not', () =>
  expect(previewOf('You are number {position}, {dear}.', known)).toEqual([
    { text: 'You are number ' },
    { text: '3', filled: 'position' },
    { text: ', ' },
    { text: '{dear}', unknown: true },
    { text: '.' },
  ]));

test('texts with braces of other kinds stay texts', () => expect(previewOf('{ a } {1} {}', known)).toEqual([{ text: '{ a } {1} {}' }]));

test('a placeholder is put where the caret is, in place of what is selected', () =>
  expect(insertAt('Number XX.', 'position', 7, 9)).toEqual({ text: 'Number {position}.', caret: 17 }));
