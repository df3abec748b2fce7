/** How the SDK tells that an admin call was not done; 0 when it did not reach the server. */
interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly retryAfterSeconds?: number | null;
}

const isRefusal = (error: unknown): error is Refusal => typeof error === 'object' && error !== null && typeof (error as Refusal).status === 'number';

/** Which HTTP status it was; 0 for none. */
export const statusOf = (error: unknown): number => (isRefusal(error) ? error.status : 0);

/** Why something was not done and what to do, in plain words. `named` is how a form calls what the server calls by the key. */
export function explainRefusal(error: unknown, named: Readonly<Record<string, string>> = {}): string {
  if (!isRefusal(error)) return 'Something went wrong here. Try again.';
  switch (error.status) {
    case 0:
      return 'The server cannot be reached. Nothing was changed; try again when you are online.';
    case 401:
      return 'Your session has ended. Log in again.';
    case 403:
      return 'Your role may not do this. Ask an administrator.';
    case 404:
      return 'This is not there any more. Somebody removed it meanwhile.';
    case 413:
      return 'This is too long for the server.';
    case 429:
      return `Too many changes at once. Try again in ${error.retryAfterSeconds ?? 1} s.`;
    case 503:
      return 'The server cannot store anything at the moment. Nothing was changed; try again shortly.';
    case 400:
    case 409:
      return speak(error.message, named);
    default:
      return `The server failed (${error.status}). Nothing was changed; try again.`;
  }
}

/** The server names members as its API does; people read the words of the form. */
function speak(message: string, named: Readonly<Record<string, string>>): string {
  const name = /^(?:limits\.)?[a-z][A-Za-z]*\b/.exec(message)?.[0];
  const words = name === undefined ? undefined : named[name];
  return words === undefined ? message : words + message.slice(name!.length);
}

/** Which member a refusal is about, when it says so. */
export function memberOf(error: unknown, members: readonly string[]): string | null {
  if (!isRefusal(error) || (error.status !== 400 && error.status !== 409)) return null;
  return members.find((member) => new RegExp(`(^|\\b)${member}\\b`, 'i').test(error.message)) ?? null;
}
