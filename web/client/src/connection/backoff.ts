const FIRST = 500;
const LONGEST = 30_000;

/** Exponential with full jitter, so that a crowd that lost one server does not return at once. */
export const backoff = (attempt: number, first = FIRST): number => Math.random() * Math.min(LONGEST, first * 2 ** Math.min(attempt, 16));

export const delay = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));
