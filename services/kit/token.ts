import type { Role } from './contract.ts';
import { problem, Problem } from './problem.ts';

/** The claims of our tokens; a signer writes exactly these, as `JSON.stringify` writes them. */
export interface Claims {
  readonly iss: typeof ISSUER;
  /** INSTALLATION */
  readonly aud: string;
  /** The person's name: an e-mail address. */
  readonly sub: string;
  readonly roles: readonly Role[];
  /** Unix time in seconds. */
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly jti?: string;
}
export const ISSUER = 'request-journey';
/** The header a signer writes: `{"alg":"RS256","typ":"JWT","kid":"…"}`, in any order. */
export interface TokenHeader {
  readonly alg: 'RS256';
  readonly typ: 'JWT';
  readonly kid: string;
}

const LARGEST = 8192;
/** Clocks of two machines may differ by this many seconds. */
const SKEW = 5;
/** No token of ours lives longer; one that claims to was not made by the issuer's rules. */
const LONGEST = 86_400;
const ROLES: readonly unknown[] = ['viewer', 'operator', 'admin'] satisfies readonly Role[];
const HEADER_KEYS = new Set(['alg', 'typ', 'kid']);

export interface Parts {
  readonly header: string;
  readonly payload: string;
  readonly signature: Buffer;
  readonly signed: Buffer;
}

/** Takes a compact JWS apart (RFC 7515 §7.1), accepting exactly one spelling of it. @throws {Problem} */
export function partsOf(token: string): Parts {
  if (token.length > LARGEST) throw refused(`it is larger than ${LARGEST} bytes`);
  const parts = token.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || !header || !payload || !signature) throw refused('it is not a signed token of three parts');
  return {
    header: textOf(header), payload: textOf(payload), signature: bytesOf(signature),
    signed: Buffer.from(`${header}.${payload}`, 'ascii'),
  };
}

/** Only RS256, only known fields: no `crit`, `jwk`, `jku`, `x5u`, `b64` to be led astray by (RFC 8725 §3.1, §3.10). @throws {Problem} */
export function headerOf(text: string): TokenHeader {
  const header = objectOf(text, 'header');
  if (header['alg'] !== 'RS256') throw refused('its algorithm is not RS256');
  const unknown = Object.keys(header).find((key) => !HEADER_KEYS.has(key));
  if (unknown !== undefined) throw refused('its header holds a field that is not allowed');
  if (header['typ'] !== undefined && header['typ'] !== 'JWT') throw refused('its type is not JWT');
  const kid = header['kid'];
  if (typeof kid !== 'string' || kid === '' || kid.length > 200) throw refused('it names no key');
  return { alg: 'RS256', typ: 'JWT', kid };
}

/** @param now Unix time in seconds @throws {Problem} */
export function claimsOf(text: string, { audience, now }: { readonly audience: string; readonly now: number }): Claims {
  const claims = objectOf(text, 'payload');
  const { iss, aud, sub, roles, jti } = claims as Readonly<Partial<Record<keyof Claims, unknown>>>;
  if (iss !== ISSUER) throw refused('its issuer is another one');
  if (aud !== audience) throw refused('it is meant for another installation');
  const exp = timeOf(claims['exp'], 'exp');
  const nbf = timeOf(claims['nbf'], 'nbf');
  const iat = timeOf(claims['iat'], 'iat');
  if (exp <= now) throw refused('it has expired');
  if (nbf > now + SKEW) throw refused('it is not valid yet');
  if (iat > now + SKEW) throw refused('it comes from the future');
  if (exp - iat > LONGEST) throw refused('it lives longer than a day');
  if (typeof sub !== 'string' || sub === '' || sub.length > 200) throw refused('it names nobody');
  if (!Array.isArray(roles) || roles.length > 3 || !roles.every((role): role is Role => ROLES.includes(role))) throw refused('its roles are not a list of roles');
  if (jti !== undefined && typeof jti !== 'string') throw refused('its id is not a text');
  return { iss: ISSUER, aud: audience, sub, roles, iat, nbf, exp, ...(jti === undefined ? {} : { jti }) };
}

/**
 * A JSON object that says the same when it is written again. So a key cannot stand twice, a number cannot be
 * `1e400`, and no other parser can read something else into it.
 */
function objectOf(text: string, part: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refused(`its ${part} is not JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused(`its ${part} is not an object`);
  if (JSON.stringify(value) !== text) throw refused(`its ${part} is not written the one plain way (a claim twice, or an odd number)`);
  return value as Readonly<Record<string, unknown>>;
}

/** Finite seconds; a fraction is allowed (RFC 7519 §2, NumericDate). */
function timeOf(value: unknown, claim: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw refused(`${claim} is missing or no time`);
  return value;
}

/** base64url without padding, and the canonical spelling only: otherwise many texts would be one token. */
function bytesOf(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw refused('it is not base64url');
  return bytes;
}

function textOf(part: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(part));
  } catch (error) {
    throw error instanceof Problem ? error : refused('it is not UTF-8');
  }
}

function refused(why: string): Problem {
  return problem('unauthenticated', `The token is refused: ${why}.`);
}
