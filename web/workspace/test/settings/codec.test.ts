import { describe, expect, test } from 'vitest';
import { address, count, megabytes, span, text } from '../../src/settings/model/codec';
import { access, brand, closing, files, messages, promises, routing, skillPromises, skillRouting } from '../../src/settings/model/specs';

test.each([
  ['a span of seconds', span(1), '90', 90, '1 min 30 s'],
  ['a span of minutes', span(60), '2 h', 120, '2 h'],
  ['minutes without a unit', span(60), '5', 5, '5 min'],
  ['a count', count(1, 50), ' 7 ', 7, '7'],
  ['megabytes', megabytes, '0,5', 524_288, '0.5'],
  ['megabytes with their unit', megabytes, '3 MB', 3_145_728, '3'],
  ['a text', text(10), 'Shoes & Co', 'Shoes & Co', 'Shoes & Co'],
  ['an address', address, ' https://example.com/a.png ', 'https://example.com/a.png', 'https://example.com/a.png'],
])('%s is read and written', (_, codec, typed, value, shown) => {
  expect(codec.parse(typed)).toEqual({ value });
  expect(codec.format(value)).toBe(shown);
});

test('an empty field is the default', () => {
  for (const codec of [span(1), span(60), count(1), megabytes, text(10), address]) {
    expect(codec.parse('  ')).toEqual({ value: null });
    expect(codec.format(null)).toBe('');
  }
});

describe('what makes no sense is refused with what does', () => {
  test.each([
    [span(1), 'soon', /90 s/],
    [span(1), '0', /1 s or more/],
    [span(60), '90 s', /Whole minutes/],
    [count(1, 50), '51', /between 1 and 50/],
    [count(1), '1.5', /whole number/],
    [count(1), '-1', /whole number/],
    [count(1), '99999999999999999999', /whole number/],
    [megabytes, 'a lot', /megabytes/],
    [megabytes, '4000', /less than 2048/],
    [text(3), 'four', /At most 3/],
    [address, 'javascript:alert(1)', /https/],
    [address, 'example.com', /https/],
  ])('%#: %s', (codec, typed, why) => expect(codec.parse(typed)).toEqual({ error: expect.stringMatching(why) }));
});

test('every default can be typed, and every setting has a name of its own', () => {
  const all = [...brand, ...promises, ...routing.flatMap((group) => group.specs), ...messages, ...closing, ...files, ...access.flatMap((group) => group.specs)];
  for (const spec of [...all, ...skillRouting, ...skillPromises]) {
    if (spec.kind.is !== 'typed' || spec.fallback === undefined || spec.fallback === null) continue;
    expect(spec.kind.codec.parse(spec.kind.codec.format(spec.fallback)), spec.key).toEqual({ value: spec.fallback });
  }
  expect(new Set(all.map((spec) => spec.key)).size).toBe(all.length);
  expect(new Set(all.map((spec) => spec.label)).size).toBe(all.length);
});
