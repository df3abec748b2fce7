import { expect, test } from 'vitest';
import { formatSpan, parseSpan } from '../../src/settings/model/span';

test.each([
  [72, '1 min 12 s'],
  [3600, '1 h'],
  [129_600 * 60, '90 d'],
  [90_061, '1 d 1 h 1 min 1 s'],
  [0, '0 s'],
])('%i seconds are written %s and read back', (seconds, text) => {
  expect(formatSpan(seconds)).toBe(text);
  expect(parseSpan(text)).toBe(seconds);
});

test.each([
  ['90', 90],
  ['1.5 h', 5400],
  ['1,5h', 5400],
  ['2 days', 172_800],
  ['  1h30min ', 5400],
  ['10 Minutes', 600],
])('%s is understood', (text, seconds) => expect(parseSpan(text)).toBe(seconds));

test('a number alone is in the unit of the field', () => expect(parseSpan('5', 60)).toBe(300));

test.each(['', 'soon', '5 parsecs', '-3 s', '1 h and', '1e9', '10 min!'])('"%s" is no span', (text) => expect(parseSpan(text)).toBeNull());
