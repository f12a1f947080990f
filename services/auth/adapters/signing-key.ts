import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Secret } from '../../kit/contract.ts';
import type { Claims } from '../domain/claims.ts';
import { thumbprint } from './thumbprint.ts';

export interface SigningKey {
  /** RFC 7638 thumbprint of the public key, SHA-256, base64url. */
  readonly kid: string;
  /** The public half as it stands in the key set (RFC 7517). */
  readonly jwk: JsonWebKey;
  /** A compact RS256 token (RFC 7515). */
  sign(claims: Claims): string;
}

/**
 * Reads SIGNING_KEY: an RSA key of 2048 bits or more, PKCS#8 in PEM. `\n` written as two characters is accepted,
 * since env files cannot hold lines.
 * @throws Error that says what is wrong and how to make a key; it never repeats the key.
 */
export function signingKey(secret: Secret): SigningKey {
  const key = privateKey(secret.reveal().replaceAll('\\n', '\n'));
  const { n, e } = createPublicKey(key).export({ format: 'jwk' });
  if (n === undefined || e === undefined) throw new Error(advice('it has no RSA modulus'));
  const kid = thumbprint({ e, n });
  return {
    kid,
    jwk: { kty: 'RSA', use: 'sig', alg: 'RS256', kid, n, e },
    sign: (claims) => jwt.sign(claims, key, { algorithm: 'RS256', keyid: kid }),
  };
}

function privateKey(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: 'pem' });
  } catch {
    throw new Error(advice('it cannot be read'));
  }
  if (key.asymmetricKeyType !== 'rsa') throw new Error(advice(`it is of type ${String(key.asymmetricKeyType)}`));
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < 2048) throw new Error(advice(`it has ${String(bits)} bits`));
  return key;
}

function advice(what: string): string {
  return `SIGNING_KEY must be an RSA key of 2048 bits or more (PKCS#8, PEM): ${what}. Make one: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048`;
}
