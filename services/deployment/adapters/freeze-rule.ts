import type { Endpoint } from '../../kit/contract.ts';
import type { Call } from '../../kit/client.ts';
import { problem } from '../../kit/problem.ts';
import { freezeOf, freezeSetting, type Freeze } from '../domain/freeze.ts';

/**
 * Asks configuration, in the name of the person who asks for the deployment.
 * @throws Problem `upstream_unavailable` or `upstream_timeout` at configuration; also when its answer cannot be
 * understood, since a rule that cannot be read is not "no rule"
 */
export async function readFreeze(call: Call, configuration: Endpoint, environment: string, asking: { readonly token: string | null; readonly signal: AbortSignal }): Promise<Freeze> {
  const answer = await call(configuration, { method: 'GET', path: `/v1/settings/${environment}/${freezeSetting}`, ...asking });
  const freeze = freezeOf(answer.body);
  if (freeze === null) {
    throw problem('upstream_unavailable', `The setting ${freezeSetting} of ${environment} says neither frozen nor not frozen, so nothing is deployed.`, {
      fix: `Write it again: PUT /v1/settings/${environment}/${freezeSetting} with {"value": {"frozen": false}}.`, at: configuration.service,
    });
  }
  return freeze;
}
