export type Placement = 'below-start' | 'below-end' | 'above-start' | 'above-end' | 'right';

const gap = 6;
const margin = 8;

/** Puts `floating`, which is fixed, beside `anchor`, on the other side where there is more room, and never off the screen. */
export function place(anchor: Element, floating: HTMLElement, placement: Placement): void {
  const at = anchor.getBoundingClientRect();
  const size = floating.getBoundingClientRect();
  let top = at.top;
  let left = at.right + gap;
  if (placement !== 'right') {
    const fitsBelow = at.bottom + gap + size.height <= innerHeight - margin;
    const fitsAbove = at.top - gap - size.height >= margin;
    const below = placement.startsWith('below') ? fitsBelow || !fitsAbove : !fitsAbove;
    top = below ? at.bottom + gap : at.top - gap - size.height;
    left = placement.endsWith('start') ? at.left : at.right - size.width;
  }
  floating.style.top = `${Math.round(Math.max(margin, Math.min(top, innerHeight - size.height - margin)))}px`;
  floating.style.left = `${Math.round(Math.max(margin, Math.min(left, innerWidth - size.width - margin)))}px`;
}
