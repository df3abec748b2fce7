export interface Placeholder {
  readonly name: string;
  readonly meaning: string;
  readonly example: string;
}

/** A text in pieces: what stands there, and what was put in for a placeholder; `name` alone for one that is not known. */
export type Piece = { readonly text: string; readonly filled?: string; readonly unknown?: true };

export function previewOf(text: string, placeholders: readonly Placeholder[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(/\{([A-Za-z]+)\}/g)) {
    const known = placeholders.find((one) => one.name === match[1]);
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push(known === undefined ? { text: match[0], unknown: true } : { text: known.example, filled: known.name });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

/** Puts `{name}` where the caret is. */
export function insertAt(text: string, name: string, start: number, end: number): { readonly text: string; readonly caret: number } {
  const inserted = `{${name}}`;
  return { text: text.slice(0, start) + inserted + text.slice(end), caret: start + inserted.length };
}
