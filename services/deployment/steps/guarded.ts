import type { Repository } from '../adapters/repository.ts';
import { UNKNOWN, type Guarded } from '../domain/delivery.ts';
import { touchedBy } from '../../kit/touched.ts';

/** The environments that a commit of main changed, with how changes reach them as `tip` says it. */
export async function touchedAt(repository: Repository, tip: string, commit: string): Promise<readonly Guarded[]> {
  const [found] = await repository.history(commit, 1);
  const known = await Promise.all([tip, ...found?.parents.slice(0, 1) ?? []].map((one) => repository.environments(one)));
  return deliveriesOf(repository, tip, touchedBy(found?.paths ?? [], [...new Set(known.flat())].sort()));
}

export function deliveriesOf(repository: Repository, tip: string, names: readonly string[]): Promise<readonly Guarded[]> {
  return Promise.all(names.map(async (name) => ({ name, delivery: (await repository.journey(tip, name))?.delivery ?? UNKNOWN })));
}
