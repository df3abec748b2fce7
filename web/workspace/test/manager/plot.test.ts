import { describe, expect, test } from 'vitest';
import { barPath, linePath, scaleFor, slotAt, slotOf, spanScaleFor, yOf } from '../../src/manager/model/plot';

const frame = { width: 260, height: 120, left: 20, right: 0, top: 10, bottom: 20 };

describe('the axis', () => {
  test.each([
    [0, 1],
    [1, 1],
    [3, 3],
    [7, 8],
    [12, 15],
    [100, 100],
    [1234, 1500],
  ])('of %i ends at %i', (highest, max) => expect(scaleFor(highest).max).toBe(max));

  test('begins at 0, goes in whole steps and holds every value', () => {
    for (const highest of [1, 2, 5, 9, 17, 33, 61, 118, 999, 4001]) {
      const { max, ticks } = scaleFor(highest);
      expect(ticks[0]).toBe(0);
      expect(ticks.every(Number.isInteger)).toBe(true);
      expect(ticks.at(-1)).toBe(max);
      expect(max).toBeGreaterThanOrEqual(highest);
      expect(ticks.length).toBeLessThanOrEqual(5);
    }
  });

  test.each([
    [3, 4],
    [50, 60],
    [130, 180],
    [7000, 7200],
    [100_000, 129_600],
  ])('of %i seconds counts as clocks do, up to %i', (highest, max) => expect(spanScaleFor(highest).max).toBe(max));
});

test('slots fill the width and are found again', () => {
  expect(slotOf(frame, 0, 24)).toEqual({ x: 20, width: 10 });
  expect(slotOf(frame, 23, 24)).toEqual({ x: 250, width: 10 });
  for (let index = 0; index < 24; index++) expect(slotAt(frame, 20 + index * 10 + 5, 24)).toBe(index);
  expect(slotAt(frame, 3, 24)).toBe(-1);
  expect(slotAt(frame, 261, 24)).toBe(-1);
});

test('a value stands where it belongs between floor and ceiling', () => {
  const scale = scaleFor(100);
  expect([yOf(frame, 0, scale), yOf(frame, 50, scale), yOf(frame, 100, scale)]).toEqual([100, 55, 10]);
});

test('a line breaks where nothing is known', () => {
  const path = linePath(frame, [0, 100, null, 50], 24, scaleFor(100));
  expect(path).toBe('M25 100L35 10M55 55');
});

test('a bar stands on the axis; none is drawn for 0', () => {
  expect(barPath(frame, 0, 0, 24, scaleFor(100))).toBe('');
  expect(barPath(frame, 0, 100, 24, scaleFor(100))).toMatch(/^M21.5 100V12Q21.5 10 /);
});
