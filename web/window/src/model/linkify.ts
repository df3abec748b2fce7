export type TextPart = { readonly text: string; readonly href: string | null };

const address = /https?:\/\/[^\s<>"'`]+|www\.[^\s<>"'`]+\.[^\s<>"'`]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
const trailing = /[.,;:!?…。、،؟*_~]+$/u;

/** Splits a text into plain parts and addresses that are safe to click: http(s) and mailto alone. The parts joined are the text. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  const plain = (end: number) => end > from && parts.push({ text: text.slice(from, end), href: null });
  let from = 0;
  for (const match of text.matchAll(address)) {
    const found = trim(match[0]);
    const href = hrefOf(found);
    if (!href) continue;
    plain(match.index);
    parts.push({ text: found, href });
    from = match.index + found.length;
  }
  plain(text.length);
  return parts;
}

/** Punctuation and closing brackets at the end belong to the sentence, unless the bracket was opened inside. */
function trim(found: string): string {
  for (;;) {
    const before = found;
    found = found.replace(trailing, '');
    for (const [open, close] of ['()', '[]', '{}'] as const) {
      if (found.endsWith(close as string) && found.split(close as string).length > found.split(open as string).length) found = found.slice(0, -1);
    }
    if (found === before) return found;
  }
}

function hrefOf(found: string): string | null {
  const text = /^https?:/i.test(found) ? found : found.includes('@') && !/^www\./i.test(found) ? `mailto:${found}` : `https://${found}`;
  try {
    const { protocol, href } = new URL(text);
    return protocol === 'https:' || protocol === 'http:' || protocol === 'mailto:' ? href : null;
  } catch {
    return null;
  }
}
