import { isObject, type JsonValue } from '../json/node';

/** Something the server refused, in words for the person who asked. */
export class IdentityError extends Error {}

export interface AgentLogin {
  readonly bearer: string;
  readonly csrf: string;
  /** `account.number`. */
  readonly agentId: string;
}

/** An agent's login as the demo server publishes it on loopback. */
export interface DemoAgent {
  readonly login: string;
  readonly password: string;
  readonly role: string;
}

export interface Demo {
  readonly account: string;
  readonly agents: readonly DemoAgent[];
}

/** The demo server's credentials; null on any other server. */
export async function readDemo(): Promise<Demo | null> {
  try {
    const response = await fetch('/demo.json');
    if (!response.ok || !response.headers.get('content-type')?.includes('json')) return null;
    return (await response.json()) as Demo;
  } catch {
    return null;
  }
}

/** A new anonymous consumer: his token. */
export async function signUp(account: string): Promise<string> {
  const answer = await post(account, 'signup');
  if (!isObject(answer) || typeof answer.jwt !== 'string') throw new IdentityError('The server gave no token.');
  return answer.jwt;
}

export async function logIn(account: string, username: string, password: string): Promise<AgentLogin> {
  const answer = await post(account, 'login?v=1.3', { username, password });
  if (!isObject(answer) || typeof answer.bearer !== 'string' || typeof answer.csrf !== 'string' || !isObject(answer.config)) {
    throw new IdentityError('The server gave no bearer.');
  }
  return { bearer: answer.bearer, csrf: answer.csrf, agentId: `${account}.${String(answer.config.userId)}` };
}

/** Who a consumer's token is for, or null where that cannot be read. */
export function subjectOf(jwt: string): string | null {
  try {
    const claims: unknown = JSON.parse(atob(jwt.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')));
    return isObject(claims) && typeof claims.sub === 'string' ? claims.sub : null;
  } catch {
    return null;
  }
}

async function post(account: string, action: string, body?: JsonValue): Promise<JsonValue> {
  let response: Response;
  try {
    response = await fetch(`/api/account/${encodeURIComponent(account)}/${action}`, {
      method: 'POST',
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
  } catch {
    throw new IdentityError('The server cannot be reached. Is it running?');
  }
  if (response.status === 401) throw new IdentityError('The login was refused. Look at the name, the password and the account.');
  if (response.status === 429) throw new IdentityError('There were too many attempts. Wait a little and try again.');
  if (!response.ok) throw new IdentityError(`The server refused it (HTTP ${response.status}). Is the account right?`);
  return (await response.json()) as JsonValue;
}
