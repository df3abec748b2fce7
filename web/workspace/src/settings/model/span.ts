const units = [
  { seconds: 86_400, short: 'd', words: /^(d|days?)$/ },
  { seconds: 3600, short: 'h', words: /^(h|hrs?|hours?)$/ },
  { seconds: 60, short: 'min', words: /^(m|mins?|minutes?)$/ },
  { seconds: 1, short: 's', words: /^(s|secs?|seconds?)$/ },
] as const;

/** `1 min 12 s`: exact, as it is typed. */
export function formatSpan(seconds: number): string {
  let left = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const unit of units) {
    const count = Math.floor(left / unit.seconds);
    left -= count * unit.seconds;
    if (count > 0) parts.push(`${count} ${unit.short}`);
  }
  return parts.join(' ') || '0 s';
}

/** Seconds that `90`, `1.5 h`, `1 h 30 min` or `2 days` mean; a number alone is in `bare` seconds. Null when it is none of these. */
export function parseSpan(text: string, bare = 1): number | null {
  const trimmed = text.trim().toLowerCase().replaceAll(',', '.');
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Math.round(Number(trimmed) * bare);
  if (!/^(\d+(\.\d+)?\s*[a-z]+\s*)+$/.test(trimmed)) return null;
  let sum = 0;
  for (const [, count, word] of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
    const unit = units.find((one) => one.words.test(word!));
    if (unit === undefined) return null;
    sum += Number(count) * unit.seconds;
  }
  return Math.round(sum);
}
