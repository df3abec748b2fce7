import { describe, expect, test } from 'vitest';
import { checkRange, checkWeek, hoursOf, nextRange, normalizeWeek, officeWeek, parseTime, stretchesOf, weekOf } from '../../src/settings/model/hours';

const kept = {
  timeZone: 'Europe/Berlin',
  days: { monday: ['09:00-12:00', '13:00-18:00'], saturday: ['22:00-02:00'] },
  holidays: { '2026-12-25': [], '2026-12-24': ['09:00-12:00'] },
};

test('what the server keeps comes back unchanged', () => {
  expect(hoursOf(weekOf(kept))).toEqual(kept);
  expect(weekOf(kept).holidays.map((holiday) => holiday.date)).toEqual(['2026-12-24', '2026-12-25']);
});

test('days are known whatever their letters', () => expect(weekOf({ timeZone: 'UTC', days: { Monday: ['09:00-10:00'] } }).days.monday).toHaveLength(1));

test.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['9:30', '09:30'],
  ['09.30', '09:30'],
  ['24', '24:00'],
  ['0', '00:00'],
])('%s is %s', (text, time) => expect(parseTime(text)).toBe(time));

test.each(['', '25', '24:01', '12:60', '1:5', 'noon'])('"%s" is no time', (text) => expect(parseTime(text)).toBeNull());

describe('a range', () => {
  test('may go past midnight', () => expect(checkRange({ from: '22', to: '2' })).toBeNull());
  test('needs both ends', () => expect(checkRange({ from: '9', to: '' })).toMatch(/both/));
  test('has a length', () => expect(checkRange({ from: '9', to: '09:00' })).toMatch(/differ/));
  test('does not begin at the end of the day', () => expect(checkRange({ from: '24:00', to: '02:00' })).not.toBeNull());
});

describe('a week', () => {
  test('of office hours is good', () => expect(checkWeek(officeWeek('Europe/Berlin'))).toBeNull());
  test('needs hours', () => expect(checkWeek({ ...officeWeek('UTC'), days: weekOf({ timeZone: 'UTC', days: {} }).days })).toMatch(/at least one day/));
  test('has every holiday once, with a date', () => {
    const holiday = { date: '2026-12-25', ranges: [] };
    expect(checkWeek({ ...officeWeek('UTC'), holidays: [holiday, holiday] })).toMatch(/twice/);
    expect(checkWeek({ ...officeWeek('UTC'), holidays: [{ date: '2026-02-30', ranges: [] }] })).toMatch(/date/);
  });
  test('is written as the server reads it', () => {
    const week = { ...officeWeek('UTC'), holidays: [{ date: '2026-12-24', ranges: [{ from: '9', to: '12' }] }] };
    expect(hoursOf(normalizeWeek(week)).holidays).toEqual({ '2026-12-24': ['09:00-12:00'] });
  });
});

test('the picture of a day shows what the night before leaves over', () => {
  const week = weekOf(kept);
  expect(stretchesOf(week, 'saturday')).toEqual([{ from: 1320, to: 1440 }]);
  expect(stretchesOf(week, 'sunday')).toEqual([{ from: 0, to: 120 }]);
  expect(stretchesOf(week, 'monday')).toEqual([{ from: 540, to: 720 }, { from: 780, to: 1080 }]);
  expect(stretchesOf(weekOf({ timeZone: 'UTC', days: { sunday: ['20:00-24:00'] } }), 'monday')).toEqual([]);
});

test('another range begins after the last', () => {
  expect(nextRange([])).toEqual({ from: '09:00', to: '17:00' });
  expect(nextRange([{ from: '09:00', to: '12:00' }])).toEqual({ from: '13:00', to: '17:00' });
  expect(nextRange([{ from: '09:00', to: '24:00' }])).toEqual({ from: '', to: '' });
});
