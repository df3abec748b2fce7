import { toast } from '@parley/ui';

/** Does it and says what went wrong, if it did. True when it was done. */
export async function attempt(what: string, run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    toast(`${what} did not work: ${wordsOf(error)}`, { tone: 'danger' });
    return false;
  }
}

export function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text === '' ? 'the server did not say why' : text;
}
