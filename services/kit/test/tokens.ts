import { generateKeyPairSync, sign } from 'node:crypto';
import type { Role } from '../contract.ts';
import { ISSUER } from '../token.ts';

/** Makes tokens as auth does, with a key of its own. */
export interface TestIssuer {
  readonly jwks: { readonly keys: readonly object[] };
  /** A token that is good for an hour; `claims` and `header` replace or (with `undefined`) remove parts of it. */
  token(name: string, roles: readonly Role[], claims?: object, header?: object): string;
  /** Signs these exact texts. */
  signed(header: string, payload: string): string;
}

export function testIssuer(audience = 'test', kid = 'test-key'): TestIssuer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signed = (header: string, payload: string) => {
    const text = `${Buffer.from(header).toString('base64url')}.${Buffer.from(payload).toString('base64url')}`;
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
  };
  return {
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
    signed,
    token(name, roles, claims = {}, header = {}) {
      const now = Math.floor(Date.now() / 1000);
      return signed(
        JSON.stringify({ alg: 'RS256', typ: 'JWT', kid, ...header }),
        JSON.stringify({ iss: ISSUER, aud: audience, sub: name, roles, iat: now, nbf: now, exp: now + 3600, ...claims }),
      );
    },
  };
}
