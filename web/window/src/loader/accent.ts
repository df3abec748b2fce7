import { parseColor, readableOn, textOn, toHex, type Rgb } from './color';

/** As in window.css. */
const surfaces: readonly [name: string, surface: Rgb][] = [['--accent-on-light', [255, 255, 255]], ['--accent-on-dark', [28, 29, 33]]];

const ours: Rgb = [13, 110, 110];

/** Custom properties that bring in the brand's colour: as an area with readable text on it, and as a text on either surface. */
export function accentProperties(accent: string | null): [name: string, value: string][] {
  const color = (accent && parseColor(accent)) || ours;
  return [
    ['--accent', toHex(color)],
    ['--on-accent', toHex(textOn(color))],
    ...surfaces.map(([name, surface]): [string, string] => [name, toHex(readableOn(surface, color))]),
  ];
}
