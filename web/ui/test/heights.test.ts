import { describe, expect, it } from 'vitest';
import { Heights } from '../src/list/Heights';

const keys = (...list: string[]) => list;

describe('where rows are', () => {
  it('is estimated until it is measured', () => {
    const heights = new Heights(() => 10);
    heights.setKeys(keys('a', 'b', 'c'));
    expect(heights.total).toBe(30);
    expect(heights.measured('b', 25)).toBe(true);
    expect(heights.measured('b', 25)).toBe(false);
    expect([0, 1, 2, 3].map((index) => heights.offset(index))).toEqual([0, 10, 35, 45]);
  });

  it('keeps what was measured when rows move, come and go', () => {
    const heights = new Heights(() => 10);
    heights.setKeys(keys('a', 'b'));
    heights.measured('a', 40);
    heights.setKeys(keys('new', 'b', 'a'));
    expect([0, 1, 2, 3].map((index) => heights.offset(index))).toEqual([0, 10, 20, 60]);
    expect(heights.indexOf('a')).toBe(2);
    expect(heights.indexOf('gone')).toBe(-1);
  });

  it('finds the row at a place', () => {
    const heights = new Heights(() => 10);
    heights.setKeys(keys('a', 'b', 'c'));
    heights.measured('b', 100);
    expect([-5, 0, 9, 10, 109, 110, 999].map((at) => heights.indexAt(at))).toEqual([0, 0, 0, 1, 1, 2, 2]);
  });

  it('gives the rows of a window, and some more', () => {
    const heights = new Heights(() => 10);
    heights.setKeys(Array.from({ length: 500 }, (_, index) => String(index)));
    expect(heights.range(1000, 100, 0)).toEqual({ from: 100, to: 111 });
    expect(heights.range(0, 100, 50)).toEqual({ from: 0, to: 16 });
    expect(heights.range(4900, 100, 50)).toEqual({ from: 485, to: 500 });
  });

  it('has nothing in an empty list', () => {
    const heights = new Heights(() => 10);
    heights.setKeys([]);
    expect(heights.total).toBe(0);
    expect(heights.range(0, 100, 10)).toEqual({ from: 0, to: 0 });
  });
});
