import { lost, RequestError } from '../connection/requestError';
import { isObject, object, text, type Wire } from '../wire/read';

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

const TIMEOUT = 20_000;

/** A JSON answer to a JSON request; errors as {@link RequestError}. */
export async function ask(fetch: Fetch, url: string, init: RequestInit = {}): Promise<Wire> {
  let response: Response;
  let body: unknown = null;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT), ...init });
  } catch {
    throw lost();
  }
  try {
    const words = await response.text();
    if (words) body = JSON.parse(words);
  } catch {
    if (response.ok) throw lost();
  }
  if (!response.ok) throw new RequestError(response.status, wordsOf(object(body)));
  return object(body);
}

export const post = (fetch: Fetch, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Wire> =>
  ask(fetch, url, { method: 'POST', ...(body === undefined ? { headers } : { headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }) });

const wordsOf = (body: Wire): string => text(body.message) ?? text(body.error) ?? (isObject(body.error) ? text(body.error.message) : null) ?? '';
