import type { HttpCall } from '../catalog/http';
import { type Side, type Version, wscatCommand } from '../connection/address';

/** A text as one word of a shell. Names of tokens (`$LP_JWT`) and of other variables given are left for the shell to fill in. */
export function shellWord(text: string, variables: readonly string[] = []): string {
  const names = ['LP_JWT', 'LP_BEARER', 'LP_USER', 'LP_PASS', ...variables].map(name => `${name}(?![A-Z0-9_])`);
  const quoted = `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return quoted.replace(new RegExp(String.raw`\$(?:${names.join('|')})`, 'g'), name => `'"${name}"'`);
}

/** Connects, sends one frame, prints what comes for five seconds. */
export function wscatOnce(side: Side, version: Version, line: string): string {
  return `${wscatCommand(side, version)} -w 5 -x ${shellWord(line)}`;
}

/** The request over HTTP, to the service that answers it. */
export function curlCall(call: HttpCall, body: string): string {
  const parts = ['curl -s --cacert "$NODE_EXTRA_CA_CERTS"'];
  if (call.method !== 'GET') parts.push(`-X ${call.method}`);
  if (call.hasBody) parts.push('-H "Content-Type: application/json"', `-d ${shellWord(body)}`);
  parts.push(`"https://${call.host}${call.path.replace('{account}', '$LP_ACCOUNT')}"`);
  return parts.join(' ');
}
