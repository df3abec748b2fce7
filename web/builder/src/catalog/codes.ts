import codesPage from '../../../../docs/codes.md?raw';
import { tableUnder } from './tables';

export interface CodeMeaning {
  readonly title: string;
  readonly when: string;
  readonly advice: string;
}

const answers = rows('Codes of answers', 'Title');
const closures = rows('Close codes', null);

function rows(heading: string, title: string | null): Map<number, CodeMeaning> {
  return new Map(tableUnder(codesPage, heading).map(row => [
    Number(row.Code),
    { title: title ? row[title]! : '', when: row.When!.replaceAll('`', ''), advice: row['What the client should do']!.replaceAll('`', '') },
  ]));
}

/** What the code of an answer means and what to do, or null for one that is not in use. */
export function meaningOf(code: number): CodeMeaning | null {
  return answers.get(code) ?? null;
}

/** What a close code means and what to do. */
export function meaningOfClose(code: number): CodeMeaning | null {
  return closures.get(code) ?? null;
}
