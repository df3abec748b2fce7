/**
 * How well `text` answers `query`: every word of the query at the beginning of a word (best), inside one, or as letters in their order.
 * Null when it does not; less is better.
 */
export function rank(text: string, query: string): number | null {
  const words = query.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  const within = text.toLocaleLowerCase();
  let sum = 0;
  for (const word of words) {
    const at = within.indexOf(word);
    if (at === 0 || (at > 0 && /[\s:/·]/u.test(within[at - 1]!))) sum += at === 0 ? 0 : 1;
    else if (at > 0) sum += 3;
    else if (word.length > 1 && inOrder(within, word)) sum += 8;
    else return null;
  }
  return sum;
}

function inOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at);
    if (at < 0) return false;
    at++;
  }
  return true;
}
