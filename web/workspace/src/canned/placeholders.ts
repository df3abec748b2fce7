export interface Placeholder {
  readonly name: string;
  readonly meaning: string;
  readonly example: string;
}

/** What a canned answer may name in braces, and what stands there when it is sent. */
export const placeholders: readonly Placeholder[] = [
  { name: 'firstName', meaning: "The consumer's first name", example: 'Ann' },
  { name: 'consumer', meaning: "The consumer's whole name", example: 'Ann Smith' },
  { name: 'agent', meaning: 'Your nickname', example: 'Ada' },
  { name: 'brand', meaning: "The brand's name", example: 'Shoes & Co' },
  { name: 'skill', meaning: 'The skill of the conversation', example: 'Sales' },
];

export type PlaceholderValues = Readonly<Record<string, string | null | undefined>>;

/** Fills in what is known. `missing` names, each once, what is not; it stays as it is written, so that nobody sends "Hello ,". */
export function fillAll(text: string, values: PlaceholderValues): { readonly text: string; readonly missing: readonly string[] } {
  const missing = new Set<string>();
  const filled = text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (!placeholders.some((placeholder) => placeholder.name === name)) return whole;
    const value = values[name];
    if (value !== null && value !== undefined && value !== '') return value;
    missing.add(name);
    return whole;
  });
  return { text: filled, missing: [...missing] };
}

export const fill = (text: string, values: PlaceholderValues): string => fillAll(text, values).text;
