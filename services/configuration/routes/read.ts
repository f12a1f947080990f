import type { Environments } from '../../kit/environments.ts';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { Settings } from '../adapters/settings.ts';
import { mustBeKnown } from './known-environment.ts';
import { nameIn } from './name-in.ts';

export function read(settings: Settings, environments: Environments) {
  return async (request: RouteRequest): Promise<Answer> => {
    const of = nameIn(request);
    await mustBeKnown(environments, of.environment);
    const setting = await settings.read(of);
    if (!setting) throw problem('not_found', `${of.environment} has no setting "${of.name}", and it has no default.`, { fix: 'Write it first: PUT the same path.' });
    return { status: 200, body: setting };
  };
}
