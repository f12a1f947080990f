import { commitOf } from '../../../services/kit/git-objects.ts';
import { heldBy, HOLDS_REF, readHolds, type Hold } from '../../../services/kit/holds.ts';
import type { Diff } from './fact.ts';

export interface HeldFact {
  readonly environment: string;
  readonly subject: string;
  readonly to: string;
  /** Absent for what has no line. */
  readonly declaredAt?: string;
  readonly hold: Hold;
}

/**
 * What a difference would bring again although it was taken back, by the record of this repository (decision 31).
 * @param folder absolute, a git folder
 * @throws {Error} for a record that cannot be used: then nobody knows
 */
export async function heldIn({ environments }: Diff, folder: string): Promise<readonly HeldFact[]> {
  const { holds } = await readHolds(folder, await commitOf(folder, HOLDS_REF));
  return environments.flatMap(({ environment, facts }) => facts.flatMap(({ subject, to, declaredAt }): HeldFact[] => {
    const hold = to === undefined ? undefined : heldBy({ environment, subject, to }, holds);
    return to === undefined || hold === undefined ? [] : [{ environment, subject, to, ...(declaredAt === undefined ? {} : { declaredAt }), hold }];
  }));
}
