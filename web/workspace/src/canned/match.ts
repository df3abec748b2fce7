import type { CannedAnswer } from '@parley/client/admin';

/** The `/word` that ends at the caret, at the beginning of the text or after white space; null when none is being written. */
export function cannedQuery(text: string, caret: number): { readonly from: number; readonly query: string } | null {
  const found = /(^|\s)\/([^\s/]*)$/u.exec(text.slice(0, caret));
  return found === null ? null : { from: caret - found[2]!.length - 1, query: found[2]! };
}

/** Those that fit, best first: the shortcut itself, shortcuts and titles that begin so, then whatever contains it. */
export function matchCanned(answers: readonly CannedAnswer[], query: string, skillId: string | null): readonly CannedAnswer[] {
  const wanted = query.toLocaleLowerCase();
  const rank = (answer: CannedAnswer): number => {
    const shortcut = (answer.shortcut ?? '').toLocaleLowerCase();
    const title = answer.title.toLocaleLowerCase();
    if (wanted === '') return 2;
    if (shortcut === wanted) return 0;
    if (shortcut.startsWith(wanted)) return 1;
    if (title.startsWith(wanted)) return 2;
    if (title.includes(wanted) || shortcut.includes(wanted)) return 3;
    return answer.text.toLocaleLowerCase().includes(wanted) || (answer.category ?? '').toLocaleLowerCase().includes(wanted) ? 4 : 9;
  };
  const forSkill = (answer: CannedAnswer) => (answer.skillIds.length > 0 && skillId !== null && answer.skillIds.includes(skillId) ? 0 : 1);
  return answers
    .map((answer) => ({ answer, rank: rank(answer) }))
    .filter((one) => one.rank < 9)
    .sort((a, b) => a.rank - b.rank || forSkill(a.answer) - forSkill(b.answer) || a.answer.title.localeCompare(b.answer.title))
    .map((one) => one.answer);
}
