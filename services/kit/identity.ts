import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Call } from './client.ts';
import type { Endpoint } from './contract.ts';
import type { Person } from './person.ts';
import { problem, Problem } from './problem.ts';
import { claimsOf, headerOf, partsOf, type Claims } from './token.ts';

/** Whom a token names, and until when. */
export interface Verified extends Person {
  /** Unix time in seconds. */
  readonly expiresAt: number;
  readonly issuedAt: number;
}
export interface Tokens {
  /** @throws {Problem} `unauthenticated` with the reason, or `upstream_…` when the keys cannot be had */
  verify(token: string): Promise<Verified>;
  /** For the issuer itself: these are the keys, a JWKS, and none are fetched from now on. */
  trust(jwks: unknown): void;
}
export interface TokenOptions {
  readonly call: Call;
  /** The workload that answers `/.well-known/jwks.json`. */
  readonly keysUrl: Endpoint | undefined;
  /** The installation: a token of another one is refused. */
  readonly audience: string;
  /** Unix time in milliseconds. @default Date.now */
  readonly now?: () => number;
}

/** Keys are asked for again for an unknown `kid`, at most this often; known ones are renewed after the second figure. */
const REFETCH_MS = 5000;
const RENEW_MS = 600_000;

/** Verifies RS256 tokens of the issuer with keys from its JWKS (RFC 7515, 7517, 7519, 8725). */
export function openTokens({ call, keysUrl, audience, now = Date.now }: TokenOptions): Tokens {
  let keys: ReadonlyMap<string, KeyObject> = new Map();
  let asked = -Infinity;
  let asking: Promise<void> | undefined;

  async function keyOf(kid: string): Promise<KeyObject> {
    const known = keys.get(kid);
    const age = now() - asked;
    if (known && age < RENEW_MS) return known;
    if (age >= REFETCH_MS) await refresh().catch((error: unknown) => { if (!known) throw error; });
    const key = keys.get(kid) ?? known;
    if (!key) throw refused('its key is not one of the issuer\'s');
    return key;
  }

  /** Requests that come together ask once. A failed attempt is repeated by the next request, not after the pause. */
  function refresh(): Promise<void> {
    asking ??= fetchKeys().finally(() => { asking = undefined; });
    return asking;
  }

  async function fetchKeys(): Promise<void> {
    if (!keysUrl) throw problem('unavailable', 'This service was given no KEYS_URL, so it cannot check tokens.');
    const { body } = await call(keysUrl, { method: 'GET', path: '/.well-known/jwks.json', maxBytes: 65_536 });
    keys = keysOf(body);
    asked = now();
  }

  return {
    async verify(token) {
      const { header, payload, signature, signed } = partsOf(token);
      const { kid } = headerOf(header);
      const key = await keyOf(kid);
      if (!verify('RSA-SHA256', signed, key, signature)) throw refused('its signature is wrong');
      return personOf(claimsOf(payload, { audience, now: now() / 1000 }));
    },
    trust(jwks) {
      keys = keysOf(jwks);
      asked = Infinity;
    },
  };
}

/** Public RSA keys of at least 2048 bits that are meant for RS256 signatures; anything else in the set is passed over. */
export function keysOf(jwks: unknown): ReadonlyMap<string, KeyObject> {
  const list = isRecord(jwks) && Array.isArray(jwks['keys']) ? jwks['keys'].slice(0, 20) : [];
  return new Map(list.filter(isRecord).flatMap((jwk): [string, KeyObject][] => {
    if (jwk['kty'] !== 'RSA' || typeof jwk['kid'] !== 'string' || typeof jwk['n'] !== 'string' || typeof jwk['e'] !== 'string') return [];
    if ((jwk['use'] ?? 'sig') !== 'sig' || (jwk['alg'] ?? 'RS256') !== 'RS256') return [];
    try {
      const key = createPublicKey({ key: { kty: 'RSA', n: jwk['n'], e: jwk['e'] }, format: 'jwk' });
      return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 ? [[jwk['kid'], key]] : [];
    } catch {
      return [];
    }
  }));
}

function personOf({ sub, roles, exp, iat }: Claims): Verified {
  return { name: sub, roles, expiresAt: exp, issuedAt: iat };
}

function refused(why: string): Problem {
  return problem('unauthenticated', `The token is refused: ${why}.`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
