import { expect, test } from 'vitest';
import { formatCount, formatSeconds, formatShare, formatSlots, formatTick } from '../../src/manager/model/figures';

test.each([
  [null, '–'],
  [0, '0 s'],
  [8.4, '8 s'],
  [59.6, '1 min'],
  [190, '3 min 10 s'],
  [4320, '1 h 12 min'],
  [3599.7, '1 h'],
  [90_000, '1 d 1 h'],
])('%s seconds are %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text));

test.each([
  [0, '0'],
  [30, '30 s'],
  [90, '90 s'],
  [300, '5 m'],
  [7200, '2 h'],
])('%i at an axis is %s', (seconds, text) => expect(formatTick(seconds)).toBe(text));

test('shares, counts and slots', () => {
  expect([formatShare(0, 0), formatShare(2, 3), formatShare(3, 3)]).toEqual(['–', '67 %', '100 %']);
  expect(formatCount(12_345)).toBe('12,345');
  expect([formatSlots(2), formatSlots(1.5)]).toEqual(['2', '1.5']);
});
