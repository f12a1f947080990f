import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import { keep } from '../adapters/keep.ts';
import type { Diff } from '../adapters/journey-cli.ts';
import type { deployment } from '../contract.ts';
import type { Ways } from '../ways.ts';
import { mustBeEnvironment } from './known.ts';

/** GET /v1/diff: commits never change, so what was worked out once is kept. */
export function readDiff(ways: Ways): Handlers<typeof deployment>['readDiff'] {
  const diffs = keep<Diff>(32);
  return async ({ query }) => {
    const [from, to, environment] = ['from', 'to', 'environment'].map((key) => { const value = query[key]; return typeof value === 'string' ? value : ''; });
    if (from === undefined || to === undefined) throw problem('invalid_params', 'Send from and to.');
    for (const commit of [from, to]) {
      if (!await ways.repository.exists(commit)) throw problem('not_found', `The repository has no commit ${commit}.`, { fix: 'GET /v1/history lists what is on main.' });
    }
    if (environment) await mustBeEnvironment(ways.repository, await ways.repository.tip(), environment, 'not_found');
    const range = { folder: ways.forge.folder, from, to, ...(environment ? { environment } : {}) };
    return { status: 200, body: await diffs(JSON.stringify(range), () => ways.cli.diff(range)) };
  };
}
