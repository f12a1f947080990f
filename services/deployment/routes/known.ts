import { instead } from '../../kit/nearest.ts';
import { problem, type ProblemCode } from '../../kit/problem.ts';
import type { Person } from '../../kit/person.ts';
import type { Repository } from '../adapters/repository.ts';
import { workloadsOf, type Journey } from '../domain/declared.ts';

/** These refuse what is not there, with what was probably meant. */

/** @throws Problem `invalid_body` (in a path: `not_found`) */
export async function mustBeEnvironment(repository: Repository, tip: string, name: string, code: ProblemCode = 'invalid_body'): Promise<Journey> {
  const journey = await repository.journey(tip, name);
  if (journey !== null) return journey;
  throw problem(code, `There is no environment "${name}".`, { fix: instead(name, await repository.environments(tip)) });
}

/** @throws Problem `invalid_body` */
export function mustBeWorkload(journey: Journey, environment: string, name: string): void {
  const workloads = workloadsOf(journey);
  if (!workloads.includes(name)) throw problem('invalid_body', `There is no workload "${name}" in ${environment}.`, { fix: instead(name, workloads) });
}

/** @throws Problem `unauthenticated` */
export function mustBePerson(person: Person | null): Person {
  if (person === null) throw problem('unauthenticated', 'This is asked for by a person.');
  return person;
}
