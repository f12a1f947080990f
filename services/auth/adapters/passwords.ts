import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { gate } from './gate.ts';

/**
 * argon2id (RFC 9106), OWASP's first choice of parameters: 19 MiB, two passes, one lane. Written out so that an
 * update of the library cannot weaken it. The library's default algorithm is argon2id; its enum cannot be imported
 * without a build step, so a test reads the algorithm from the result.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

export interface Passwords {
  /** PHC string. */
  hash(password: string): Promise<string>;
  /** Takes as long for `null` (nobody by that name) as for a person, so that time does not tell who exists. */
  verify(stored: string | null, password: string): Promise<boolean>;
}

/**
 * Two hashes at once: each takes a whole processor and 19 MiB, and what waits takes neither.
 * @throws Problem `unavailable` when 64 are waiting already
 */
export async function openPasswords(): Promise<Passwords> {
  const enter = gate({ atOnce: 2, waiting: 64, what: 'password checks' });
  const nobody = await hash(randomBytes(32).toString('base64url'), cost);
  return {
    hash: (password) => enter(() => hash(password.normalize('NFKC'), cost)),
    verify: (stored, password) => enter(async () => {
      const right = await verify(stored ?? nobody, password.normalize('NFKC'));
      return stored !== null && right;
    }),
  };
}
