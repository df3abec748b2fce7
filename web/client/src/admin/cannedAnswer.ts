/** A text that agents insert instead of typing it. */
export interface CannedAnswer {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** What is typed to insert it: 1 to 32 lower-case letters, digits or hyphens, unique in the account. */
  readonly shortcut: string | null;
  /** Whose agents have it; empty for everybody. */
  readonly skillIds: readonly string[];
  /** A language tag as in `pt-BR`; null for any. */
  readonly language: string | null;
  readonly category: string | null;
}

/** What is named is changed, the rest stays; `''` takes a member away. */
export interface CannedAnswerChange {
  title?: string;
  text?: string;
  shortcut?: string;
  skillIds?: readonly string[];
  language?: string;
  category?: string;
}

export interface CannedAnswerAdd extends CannedAnswerChange {
  title: string;
  text: string;
}
