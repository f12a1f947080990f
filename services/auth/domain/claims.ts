import type { Role } from '../../kit/contract.ts';

/** One hour: as long as a token can outlive a change of password. Roles are read afresh at each decision. */
export const tokenSeconds = 3600;

/** The claims of RFC 7519 §4.1 that every token carries, and who it is for. Times in seconds since 1970. */
export interface Claims {
  readonly iss: 'request-journey';
  readonly aud: string;
  readonly sub: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly jti: string;
}

export function claimsFor(
  person: { readonly name: string; readonly roles: readonly Role[] },
  at: { readonly installation: string; readonly now: Date; readonly jti: string },
): Claims {
  const iat = Math.floor(at.now.getTime() / 1000);
  return {
    iss: 'request-journey', aud: at.installation, sub: person.name, name: person.name, roles: person.roles,
    iat, nbf: iat, exp: iat + tokenSeconds, jti: at.jti,
  };
}
