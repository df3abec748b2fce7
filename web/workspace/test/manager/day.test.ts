import { expect, test } from 'vitest';
import { hoursOf } from '../../src/manager/model/day';
import { figures, today } from './samples';

const midnight = Date.UTC(2026, 10, 28, 23); // in Berlin

test('a day has all its hours, those to come without figures, named by the account\'s clock', () => {
  const hours = hoursOf(today(midnight, [figures({ opened: 3 }), figures({ opened: 0 })]), 'Europe/Berlin');
  expect(hours).toHaveLength(24);
  expect(hours.map((hour) => hour.name).slice(0, 3)).toEqual(['00:00', '01:00', '02:00']);
  expect(hours.map((hour) => hour.opened).slice(0, 3)).toEqual([3, 0, null]);
  expect(hours.map((hour) => hour.current).slice(0, 3)).toEqual([false, true, false]);
});

test('a day on which clocks are changed has as many hours as it has', () => {
  const start = Date.UTC(2026, 2, 28, 23);
  const day = { ...today(start, []), end: start + 23 * 3_600_000 };
  const hours = hoursOf(day, 'Europe/Berlin');
  expect(hours).toHaveLength(23);
  expect(hours.map((hour) => hour.name).slice(1, 3)).toEqual(['01:00', '03:00']);
});

test('who waits at the end of an hour came and found nobody yet', () => {
  const hours = hoursOf(today(midnight, [figures({ opened: 3, assigned: 1 }), figures({ opened: 1, assigned: 2, abandoned: 1 })]), null);
  expect(hours.map((hour) => hour.waiting).slice(0, 3)).toEqual([2, 0, null]);
});

test('who found an agent today without having come today waited since yesterday', () => {
  const hours = hoursOf(today(midnight, [figures({ opened: 0, assigned: 2 }), figures({ opened: 1 })]), null);
  expect(hours.map((hour) => hour.waiting).slice(0, 2)).toEqual([0, 1]);
});

test('an unknown time zone is no reason to show nothing', () => expect(hoursOf(today(midnight, []), 'Mars/Base')[0]!.name).toBe('23:00'));
