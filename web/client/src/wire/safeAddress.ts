/**
 * An address of one of these schemes, without credentials in it; null for anything else. One that is not whole is none: a
 * relative one would lead to the page that shows it.
 */
export function safeAddress(value: unknown, schemes: readonly string[]): string | null {
  try {
    const url = new URL(String(value));
    return schemes.includes(url.protocol) && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}
