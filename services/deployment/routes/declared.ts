import type { Handlers } from '../../kit/kit.ts';
import { instead } from '../../kit/nearest.ts';
import { problem } from '../../kit/problem.ts';
import type { SynthFolder } from '../adapters/synth-folder.ts';
import type { deployment } from '../contract.ts';

/** GET /v1/environments/:environment/journey: the file as `./journey synth` wrote it. */
export function declared(synth: SynthFolder): Handlers<typeof deployment>['declared'] {
  return async ({ params }) => {
    const environment = params['environment'] ?? '';
    const body = await synth.declared(environment);
    if (body === null) throw problem('not_found', `There is no environment "${environment}".`, { fix: instead(environment, await synth.environments()) });
    return { status: 200, body };
  };
}
