import { blameLine, type Blamed } from '../../kit/git-blame.ts';
import { GitError } from '../../kit/git.ts';
import type { Handlers } from '../../kit/kit.ts';
import { instead } from '../../kit/nearest.ts';
import { problem, Problem } from '../../kit/problem.ts';
import { keep } from '../adapters/keep.ts';
import { objectsIn } from '../adapters/manifest-objects.ts';
import type { deployment } from '../contract.ts';
import { declaredOf, type Declaration } from '../domain/declared.ts';
import { entryOf } from '../domain/history.ts';
import type { Ways } from '../ways.ts';
import { merges } from './history.ts';
import { mustBeEnvironment } from './known.ts';

/** Lines of the model that are shown above and below the one that decides. */
const AROUND = 6;
/** Files of one declaration; a workload has a dozen. */
const MOST_FILES = 24;

/**
 * GET /v1/environments/:environment/declaration: all of what declared a hop, as it is on main. The manifests are shown byte by
 * byte, the line of the model with its source around it, and the commit that put that line there.
 */
export function readDeclaration(ways: Ways): Handlers<typeof deployment>['readDeclaration'] {
  const { repository } = ways;
  const kept = keep<Awaited<ReturnType<typeof whole>>>(256);
  return async ({ params, query }) => {
    const environment = params['environment'] ?? '';
    const subject = typeof query['reference'] === 'string' ? query['reference'] : query['workload'];
    if (typeof subject !== 'string') throw problem('invalid_params', 'Send reference or workload.');
    const commit = await repository.tip();
    const journey = await mustBeEnvironment(repository, commit, environment, 'not_found');
    const declaration = declaredOf(journey, subject);
    if (declaration === undefined) {
      throw problem('not_found', `${subject} is not declared in ${environment}.`, { fix: instead(subject, [...journey.edges, ...journey.secrets].map(({ reference }) => reference)) });
    }
    const body = await kept(JSON.stringify([commit, environment, subject]), () => whole(ways, commit, environment, declaration));
    const pull = body.put === undefined ? undefined : await pullOf(ways, commit, body.put.commit);
    return { status: 200, body: pull === undefined ? body : { ...body, put: { ...body.put, pull } } };
  };
}

async function whole(ways: Ways, commit: string, environment: string, { declaredAt, files, key }: Declaration) {
  const { repository, forge } = ways;
  const [path = '', number = '0'] = declaredAt.split(':');
  const line = Number(number);
  const [source, put, manifests] = await Promise.all([
    repository.file(commit, path), blamed(forge.folder, commit, path, line),
    Promise.all(files.slice(0, MOST_FILES).map(async (file) => {
      const at = `synth/${environment}/${file}`;
      const text = await repository.file(commit, at);
      return text === null ? [] : [{ path: at, text, line: lineOf(text, key) }];
    })),
  ]);
  const lines = source?.split('\n') ?? [];
  const from = Math.max(1, line - AROUND);
  return {
    commit, declaredAt, source: { path, line, from, lines: lines.slice(from - 1, line + AROUND) },
    ...(put === undefined ? {} : { put: { commit: put.commit, author: put.email, at: put.at, summary: put.summary } }), manifests: manifests.flat(),
  };
}

/** The pull request that brought a commit, where this service or its forge knows that it did. A forge that does not answer takes nothing else away. */
async function pullOf(ways: Ways, tip: string, commit: string): Promise<number | undefined> {
  try {
    const came = await ways.repository.cameWith(tip, commit);
    return came === null ? undefined : entryOf(came, (await merges(ways, [came])).has(came.commit), []).pull;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** Where a manifest speaks of it: the line with its whole name, or with its variable as a key, or where the object begins that exists because of it. */
function lineOf(text: string, key: string): number {
  const lines = text.split('\n');
  const variable = key.split('.').at(-1) ?? key;
  const asKey = new RegExp(`^\\s*"?${variable}"?:|name: ${variable}$`);
  const found = [lines.findIndex((line) => line.includes(`"${key}"`)), lines.findIndex((line) => asKey.test(line))].find((at) => at >= 0);
  return found === undefined ? objectsIn(text).find(({ references }) => references.includes(key))?.line ?? 1 : found + 1;
}

/** A line that no commit of main has, in a checkout that was edited meanwhile, is nobody's. */
async function blamed(folder: string, commit: string, path: string, line: number): Promise<Blamed | undefined> {
  try {
    return await blameLine(folder, commit, path, line);
  } catch (error) {
    if (error instanceof GitError && error.code === 'failed') return undefined;
    throw problem('unavailable', 'The repository cannot be read now.', { cause: error, at: 'repository', fix: 'Look whether it is there: `./journey doctor`.' });
  }
}
