import type { HttpCall } from '../catalog/http';
import type { FrameLog, Origin } from '../frames/FrameLog';
import { read } from '../frames/FrameLog';
import type { Secrets } from '../frames/Secrets';
import { isObject, type JsonValue } from '../json/node';

/** Where requests over HTTP stand in the log. */
export const httpOrigin: Origin = { id: 'HTTP', dialect: 'v3' };

const secretMembers: Readonly<Record<string, string>> = { jwt: '$LP_JWT', bearer: '$LP_BEARER', csrf: '__CSRF__', id_token: '__ID_TOKEN__', password: '$LP_PASS' };

/** Sends it to this page's own server; request and answer stand in the log, without the secrets in them. */
export async function sendHttp(call: HttpCall, account: string, body: string, { log, secrets }: { log: FrameLog; secrets: Secrets }): Promise<void> {
  const path = call.path.replace('{account}', encodeURIComponent(account));
  if (call.hasBody) keepSecrets(read(body), secrets);
  const asked = log.sentOverHttp(httpOrigin, `${call.method} ${path}`, call.hasBody ? body : '');
  try {
    const response = await fetch(path, { method: call.method, ...(call.hasBody && { body, headers: { 'Content-Type': 'application/json' } }) });
    const text = await response.text();
    // Which token it is depends on what was asked.
    keepSecrets(read(text), secrets, call.path.includes('authenticate') ? '$LP_JWT' : '__ID_TOKEN__');
    log.answeredOverHttp(httpOrigin, text, asked, response.status);
  } catch {
    log.note(httpOrigin, 'The server cannot be reached.');
  }
}

function keepSecrets(value: JsonValue | undefined, secrets: Secrets, token = '__ID_TOKEN__'): void {
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const known = name === 'token' ? token : secretMembers[name];
    if (known && typeof member === 'string' && member !== known) secrets.add(member, known);
  }
}
