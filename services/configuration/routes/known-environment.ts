import type { Environments } from '../../kit/environments.ts';
import { instead } from '../../kit/nearest.ts';
import { problem } from '../../kit/problem.ts';

/**
 * A freeze of an environment that does not exist would be believed in and freeze nothing.
 * @throws Problem `not_found` that says which environment was meant
 */
export async function mustBeKnown(environments: Environments, environment: string): Promise<void> {
  if (await environments.has(environment)) return;
  throw problem('not_found', `There is no environment "${environment}".`, { fix: instead(environment, await environments.names()) });
}
