import { createHash } from 'node:crypto';

/** JWK thumbprint of an RSA public key (RFC 7638): SHA-256, base64url. */
export function thumbprint(jwk: { readonly e: string; readonly n: string }): string {
  // §3.2: the required members only, in lexicographic order, without blanks.
  return createHash('sha256').update(JSON.stringify({ e: jwk.e, kty: 'RSA', n: jwk.n })).digest('base64url');
}
