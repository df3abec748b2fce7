import { expect, it } from 'vitest';
import { accentProperties } from '../src/loader/accent';
import { contrast, parseHex, readableOn, textOn, toHex, type Rgb } from '../src/loader/color';

const some: Rgb[] = [];
for (let r = 0; r < 256; r += 51) for (let g = 0; g < 256; g += 51) for (let b = 0; b < 256; b += 51) some.push([r, g, b]);

it('computes the contrast of WCAG', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrast([255, 255, 255], [119, 119, 119])).toBeCloseTo(4.48, 2);
});

it('finds readable text for any colour of a brand', () => {
  for (const color of some) expect(contrast(textOn(color), color), toHex(color)).toBeGreaterThanOrEqual(4.5);
});

it('makes any colour readable on light and on dark', () => {
  for (const surface of [[255, 255, 255], [28, 29, 33]] as const) {
    for (const color of some) expect(contrast(readableOn(surface, color), surface), toHex(color)).toBeGreaterThanOrEqual(4.5);
  }
});

it('leaves a colour alone that is readable', () => {
  expect(readableOn([255, 255, 255], [13, 110, 110])).toEqual([13, 110, 110]);
});

it('reads what brands write', () => {
  expect(parseHex('#a3461d')).toEqual([163, 70, 29]);
  expect(parseHex(' #FC0 ')).toEqual([255, 204, 0]);
  expect(parseHex('red;}')).toBeNull();
  expect(accentProperties('nonsense;}')).toEqual(accentProperties(null));
});
