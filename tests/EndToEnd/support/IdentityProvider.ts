import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Brand } from './Brand.ts';

const issuer = 'https://idp.example.com';
const audience = 'parley';
const encode = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');

/** A brand's identity provider: signs tokens with a key of its own, of which a connector of the account knows the public half. */
export class IdentityProvider {
  readonly #key: KeyObject;

  private constructor(key: KeyObject) {
    this.#key = key;
  }

  /** One that no connector knows. */
  static unknown(): IdentityProvider {
    return new IdentityProvider(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
  }

  static async of({ server, account }: Brand, connector: string): Promise<IdentityProvider> {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const file = join(server.data, `${account}.pem`);
    await writeFile(file, publicKey.export({ type: 'spki', format: 'pem' }));
    await server.cli('account', 'connector', 'add', '--account', account, '--id', connector, '--type', 'implicit', '--issuer', issuer, '--audience', audience, '--public-key', file);
    return new IdentityProvider(privateKey);
  }

  token(claims: { readonly sub: string; readonly [name: string]: unknown }, seconds = 3600): string {
    const now = Math.floor(Date.now() / 1000);
    const signed = `${encode({ alg: 'ES256', typ: 'JWT' })}.${encode({ iss: issuer, aud: audience, iat: now, exp: now + seconds, ...claims })}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), { key: this.#key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }
}
