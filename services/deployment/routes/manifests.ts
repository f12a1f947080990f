import { instead } from '../../kit/nearest.ts';
import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import { objectsIn } from '../adapters/manifest-objects.ts';
import type { deployment } from '../contract.ts';
import { declaredAtOf } from '../domain/declared.ts';
import type { Ways } from '../ways.ts';
import { mustBeEnvironment } from './known.ts';

/** GET /v1/environments/:environment/manifests: the rendered files at a commit, or one of them with the line of the model behind each object. */
export function listManifests({ repository }: Ways): Handlers<typeof deployment>['listManifests'] {
  return async ({ params, query }) => {
    const environment = params['environment'] ?? '';
    const tip = await repository.tip();
    const commit = typeof query['commit'] === 'string' ? query['commit'] : tip;
    // Only what is on main is shown: anything else in the repository is somebody's draft.
    if (!await repository.contains(tip, commit)) throw problem('not_found', `main does not hold the commit ${commit}.`, { fix: 'GET /v1/history lists what is on main.' });
    const journey = await mustBeEnvironment(repository, commit, environment, 'not_found');
    const files = await repository.manifests(commit, environment);
    const path = query['path'];
    if (typeof path !== 'string') return { status: 200, body: { commit, files } };
    const text = files.includes(path) ? await repository.file(commit, `synth/${environment}/${path}`) : null;
    if (text === null) throw problem('not_found', `${environment} has no file "${path}".`, { fix: instead(path, files) });
    const objects = path.endsWith('.yaml') ? objectsIn(text).flatMap(({ object, line, references }) => {
      const declaredAt = declaredAtOf(journey, path, references);
      return declaredAt === undefined ? [] : [{ object, line, declaredAt }];
    }) : [];
    return { status: 200, body: { commit, path, text, objects } };
  };
}
