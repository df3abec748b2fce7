import { describe, expect, it } from 'vitest';
import { matchPath } from '../src/route/router';
import { initials } from '../src/show/Avatar';
import { formatDay, formatDuration, formatWhen, spokenDuration } from '../src/time/format';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

describe('durations', () => {
  it('fit a row', () => {
    expect([-5, 7 * second, 12 * minute + 40 * second, 3 * hour + 5 * minute, 52 * hour].map(formatDuration)).toEqual(['0:00', '0:07', '12:40', '3 h 05', '2 d 4 h']);
  });

  it('can be spoken', () => {
    expect([second, 2 * minute, hour, 48 * hour].map(spokenDuration)).toEqual(['1 second', '2 minutes', '1 hour', '2 days']);
  });
});

describe('moments', () => {
  const now = new Date(2026, 4, 14, 12).getTime();

  it('get shorter words the nearer they are', () => {
    expect(formatWhen(now - 10 * second, now)).toBe('now');
    expect(formatWhen(now - 4 * minute, now)).toBe('4 min');
    expect(formatWhen(now - 3 * hour, now)).toMatch(/09/);
    expect(formatWhen(now - 48 * hour, now)).toMatch(/Tue/);
  });

  it('have days', () => {
    expect(formatDay(now, now)).toBe('Today');
    expect(formatDay(now - 13 * hour, now)).toBe('Yesterday');
  });
});

it('initials are of the first and the last word, whole signs each', () => {
  expect(['Ann Smith', 'ann maria smith', '王 小明', '👩‍🚀 Ann', '', null].map(initials)).toEqual(['AS', 'AS', '王小', '👩‍🚀A', '?', '?']);
});

it('paths are matched part by part', () => {
  expect(matchPath('/workspace/conversations/:id', '/workspace/conversations/a%20b')).toEqual({ id: 'a b' });
  expect(matchPath('/workspace/manager/*', '/workspace/manager/x/y')).toEqual({ '*': 'x/y' });
  expect(matchPath('/workspace/manager/*', '/workspace/manager')).toEqual({ '*': '' });
  expect(matchPath('/workspace/conversations/:id', '/workspace/conversations')).toBeNull();
  expect(matchPath('/a/:id', '/a/%E0%A4%A')).toBeNull();
});
