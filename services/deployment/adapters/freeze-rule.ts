import type { Call } from '../../kit/client.ts';
import type { Kit } from '../../kit/kit.ts';
import { problem, Problem } from '../../kit/problem.ts';
import type { deployment } from '../contract.ts';
import { freezeOf, freezeSetting, type Freeze } from '../domain/freeze.ts';

/** The rule of configuration that stops changes. */
export interface FreezeRule {
  /**
   * In the name of the person who asks for a change.
   * @throws Problem `upstream_unavailable` or `upstream_timeout` at configuration; also when its answer cannot be
   * understood, since a rule that cannot be read is not "no rule"
   */
  forPerson(environment: string, asking: { readonly token: string | null; readonly signal: AbortSignal }): Promise<Freeze>;
  /** In this service's own name, when nobody stands behind it: just before a merge. `null` when it cannot be read. */
  now(environment: string): Promise<Freeze | null>;
}

export function openFreezeRule({ call, env, standard }: Pick<Kit<typeof deployment>, 'call' | 'env' | 'standard'>): FreezeRule {
  const configuration = env.CONFIGURATION_URL;
  async function read(environment: string, path: string, asking: Omit<Parameters<Call>[1], 'method' | 'path'>): Promise<Freeze> {
    const answer = await call(configuration, { method: 'GET', path, ...asking });
    const freeze = freezeOf(answer.body);
    if (freeze !== null) return freeze;
    throw problem('upstream_unavailable', `The setting ${freezeSetting} of ${environment} says neither frozen nor not frozen, so nothing is deployed.`, {
      fix: `Write it again: PUT /v1/settings/${environment}/${freezeSetting} with {"value": {"frozen": false}}.`, at: configuration.service,
    });
  }
  return {
    forPerson: (environment, asking) => read(environment, `/v1/settings/${environment}/${freezeSetting}`, asking),
    now: (environment) => read(environment, `/v1/rules/${environment}/${freezeSetting}`, { token: standard.workloadKey?.reveal() ?? null }).catch((error: unknown) => {
      if (error instanceof Problem) return null;
      throw error;
    }),
  };
}
