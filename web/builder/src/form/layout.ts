import type { JsonValue } from '../json/node';

/** How the frame is written: on one line, as wscat needs it, or over several. */
export type Layout = 'line' | 'lines';

export function write(value: JsonValue, layout: Layout): string {
  return layout === 'line' ? JSON.stringify(value) : JSON.stringify(value, null, 2);
}
