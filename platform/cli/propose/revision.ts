import { readJourney } from '../../targets/graph/journey-json.ts';
import { gitText, runGit } from '../../../services/kit/git.ts';
import { isTreePath } from '../../../services/kit/git-names.ts';
import { CliError, exit } from '../command.ts';
import type { Making } from './making.ts';
import type { Check } from './proposal.ts';
import { textIn } from './tree.ts';

/**
 * May a laptop run this git revision of a workload? It must be one that somebody pushed, and hold the workload.
 * @returns whether its packages are this checkout's own: a work tree runs with what is installed here
 * @throws {CliError} exit 2
 */
export async function judgeRevision({ place, repository, base }: Making, environment: string, workload: string, revision: string): Promise<Check> {
  const refused = (why: string, fix: string) => new CliError(exit.usage, { what: `${workload} cannot run ${revision} in "${environment}".`, why, fix });
  const type = await gitText(place.git, ['cat-file', '-t', revision], { expected: [0, 128] });
  if (type !== 'commit') throw refused('The repository has no such commit.', 'Push it first, or name another.');
  // Objects alone prove nothing: a fork's, a refused or a deleted change is among them, too.
  const refs = await gitText(repository, ['for-each-ref', '--count=1', '--format=%(refname)', `--contains=${revision}`]);
  if (refs === '') throw refused('No branch or tag of the repository leads to it.', 'Push a branch that holds it, or name another.');
  const graph = await textIn(place, base, `synth/${environment}/journey.json`, 4_194_304);
  const folder = readJourney(graph ?? '').nodes.find(({ name, kind }) => name === workload && kind === 'workload')?.folder;
  const found = folder === undefined || !isTreePath(folder) ? '' : await gitText(place.git, ['ls-tree', '-d', '--name-only', revision, '--', folder]);
  if (found === '') throw refused(`It does not have ${folder ?? `the folder of ${workload}`}.`, 'Name a revision that has this workload.');
  return judgePackages({ place, base, revision });
}

async function judgePackages({ place, base, revision }: Pick<Making, 'place' | 'base'> & { readonly revision: string }): Promise<Check> {
  const { stdout } = await runGit(place.git, ['ls-tree', '-z', revision, '--', 'package-lock.json']);
  const oid = /^\d+ blob ([0-9a-f]{40})\t/.exec(stdout.toString('utf8'))?.[1];
  const own = base.entries.get('package-lock.json')?.oid;
  const passed = oid === own;
  return { name: 'packages', passed, said: passed ? [] : [`its packages differ: package-lock.json of ${revision.slice(0, 10)} is not that of main, and a laptop runs it with what is installed in this checkout`] };
}
