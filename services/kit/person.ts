import type { Role } from './contract.ts';

/** Who asks. */
export interface Person {
  /** An e-mail address. */
  readonly name: string;
  readonly roles: readonly Role[];
}
