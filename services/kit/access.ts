import { createHash, timingSafeEqual } from 'node:crypto';
import type { Access, Role, Secret } from './contract.ts';
import type { Verified } from './identity.ts';
import type { Kit } from './kit.ts';
import { problem } from './problem.ts';

const RANK: Readonly<Record<Role, number>> = { viewer: 1, operator: 2, admin: 3 };

/** The bearer token of an Authorization header (RFC 6750 §2.1), or null. */
export function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization ?? '')?.[1] ?? null;
}

/** Who comes in, if anybody in particular. @throws {Problem} `unauthenticated` or `forbidden`, with the reason */
export async function admit(kit: Pick<Kit, 'tokens' | 'standard'>, access: Access, token: string | null): Promise<Verified | null> {
  if (access === 'anyone') return null;
  if (token === null) throw problem('unauthenticated', 'There is no Authorization: Bearer header.');
  if (access === 'workload') {
    if (!isKey(token, kit.standard.workloadKey)) throw problem('unauthenticated', 'The bearer is not the key of the workloads.');
    return null;
  }
  const person = await kit.tokens.verify(token);
  if (!mayAs(person.roles, access)) {
    throw problem('forbidden', `${person.name} has ${person.roles.length === 0 ? 'no role' : `the role ${person.roles.join(', ')}`}; this needs ${access}.`);
  }
  return person;
}

/** Each role may do what the ones below it may. */
export function mayAs(roles: readonly Role[], needed: Role): boolean {
  return roles.some((role) => RANK[role] >= RANK[needed]);
}

/** In constant time; hashing first makes the lengths equal. */
function isKey(token: string, key: Secret | undefined): boolean {
  if (!key) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(token), digest(key.reveal()));
}
