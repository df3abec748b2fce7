export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Scale {
  /** The end of the axis, a round number at or above every value. */
  readonly max: number;
  readonly ticks: readonly number[];
}

/** Round numbers from 0 up to at least `highest`, two to four steps; `steps` are what a step may be, times powers of ten. */
export function scaleFor(highest: number, steps: readonly number[] = [1, 2, 5]): Scale {
  const wanted = Math.max(highest, 1);
  let power = 10 ** Math.floor(Math.log10(wanted / 4));
  for (;;) {
    for (const step of steps) {
      const size = step * power;
      if (size >= 1 && Math.ceil(wanted / size) <= 4) return upTo(size, wanted);
    }
    power *= 10;
  }
}

const spans = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

/** The same for seconds: steps are what clocks count by. */
export function spanScaleFor(highest: number): Scale {
  const wanted = Math.max(highest, 4);
  return upTo(spans.find((size) => Math.ceil(wanted / size) <= 4) ?? Math.ceil(wanted / 4 / 86_400) * 86_400, wanted);
}

function upTo(step: number, wanted: number): Scale {
  const count = Math.max(1, Math.ceil(wanted / step));
  return { max: count * step, ticks: Array.from({ length: count + 1 }, (_, index) => index * step) };
}

/** Where slot `index` of `count` begins and how wide it is. */
export function slotOf(frame: Frame, index: number, count: number): { readonly x: number; readonly width: number } {
  const width = (frame.width - frame.left - frame.right) / Math.max(1, count);
  return { x: frame.left + index * width, width };
}

export const heightOf = (frame: Frame, value: number, scale: Scale): number => ((frame.height - frame.top - frame.bottom) * Math.min(value, scale.max)) / scale.max;

export const yOf = (frame: Frame, value: number, scale: Scale): number => frame.height - frame.bottom - heightOf(frame, value, scale);

/** Which slot is under `x`; -1 beside them. */
export function slotAt(frame: Frame, x: number, count: number): number {
  const { width } = slotOf(frame, 0, count);
  const index = Math.floor((x - frame.left) / width);
  return x < frame.left || index >= count ? -1 : index;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** A line through the middles of the slots; it breaks where nothing is known. */
export function linePath(frame: Frame, values: readonly (number | null)[], count: number, scale: Scale): string {
  let path = '';
  let drawing = false;
  values.forEach((value, index) => {
    if (value === null) {
      drawing = false;
      return;
    }
    const { x, width } = slotOf(frame, index, count);
    path += `${drawing ? 'L' : 'M'}${round(x + width / 2)} ${round(yOf(frame, value, scale))}`;
    drawing = true;
  });
  return path;
}

/** A bar with rounded shoulders, standing on the axis; nothing for 0. */
export function barPath(frame: Frame, index: number, value: number, count: number, scale: Scale): string {
  const height = heightOf(frame, value, scale);
  if (height <= 0) return '';
  const slot = slotOf(frame, index, count);
  const gap = Math.min(2, slot.width * 0.15);
  const width = slot.width - 2 * gap;
  const corner = Math.min(2, width / 2, height);
  const [left, right, floor, top] = [round(slot.x + gap), round(slot.x + gap + width), round(frame.height - frame.bottom), round(frame.height - frame.bottom - height)];
  return `M${left} ${floor}V${round(top + corner)}Q${left} ${top} ${round(left + corner)} ${top}H${round(right - corner)}Q${right} ${top} ${right} ${round(top + corner)}V${floor}Z`;
}
