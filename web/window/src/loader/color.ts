/** `#rgb` or `#rrggbb` as three numbers from 0 to 255. */
export type Rgb = readonly [number, number, number];

export function parseHex(text: string): Rgb | null {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (!digits) return null;
  const full = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  return [0, 2, 4].map(i => parseInt(full.slice(i, i + 2), 16)) as unknown as Rgb;
}

export const toHex = (rgb: Rgb): string => `#${rgb.map(n => Math.round(n).toString(16).padStart(2, '0')).join('')}`;

/** Relative luminance of WCAG 2. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map(n => (n / 255 <= 0.04045 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of WCAG 2, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];

/** White or black, whichever reads better on it; at least 4.5 : 1 on every colour. */
export const textOn = (background: Rgb): Rgb => (contrast(white, background) >= contrast(black, background) ? white : black);

/** The colour itself, or as much darker or lighter as it takes to have `ratio` on the surface. */
export function readableOn(surface: Rgb, color: Rgb, ratio = 4.5): Rgb {
  const target = luminance(surface) > 0.18 ? ([0, 0, 0] as const) : white;
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = color.map((n, i) => Math.round(n + ((target[i] as number) - n) * share)) as unknown as Rgb;
    if (contrast(mixed, surface) >= ratio) return mixed;
  }
  return target;
}

/** Any colour that the browser knows, as numbers; null when it knows no such colour. */
export function parseColor(text: string): Rgb | null {
  const hex = parseHex(text);
  if (hex || !globalThis.CSS?.supports('color', text)) return hex;
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return null;
  context.fillStyle = text;
  return parseHex(context.fillStyle);
}
