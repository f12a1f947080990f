import { GitError, gitText, runGit } from '../../../services/kit/git.ts';
import { touchedBy } from '../../../services/kit/touched.ts';
import { CliError, exit } from '../command.ts';
import { visible } from '../style.ts';
import { factsOf, releaseValues } from './facts.ts';
import type { Made } from './made.ts';
import type { Making } from './making.ts';
import type { Fact, RollbackChange } from './proposal.ts';
import { differing, readTree, textIn, type Tree } from './tree.ts';

/** Far more than anybody takes back, and a bound on the search. */
const HISTORY = 20_000;

/**
 * Undoes what a commit of the base's own line changed, and keeps what came after it. A merge is undone as a whole: against
 * its first parent, which is what main was before.
 * @throws {CliError} exit 2 for a commit that is not there to be undone, exit 1 when later commits are in the way
 */
export async function makeRollback(making: Making, change: RollbackChange): Promise<Made> {
  const { place, base } = making;
  await refuseOthers(making, change.commit);
  const patch = await patchOf(making, change.commit);
  if (patch.length === 0) return { tree: base, facts: [], environments: [], checks: [] };
  const index = place.index('rollback');
  await runGit(place.git, ['read-tree', base.oid], { index });
  const applied = await runGit(place.git, ['apply', '--cached', '--3way', '--whitespace=nowarn', '-'], { index, input: patch, expected: [0, 1, 128] });
  if (applied.exit !== 0) throw await conflict(making, change.commit, index);
  const result = await readTree(place, await gitText(place.git, ['write-tree'], { index }));
  if (result.oid === base.oid) return { tree: base, facts: [], environments: [], checks: [] };
  return { tree: result, ...await outcome(making, change, result) };
}

async function refuseOthers({ place, commit }: Making, wanted: string): Promise<void> {
  const refused = (why: string, fix: string) => new CliError(exit.usage, { what: `The commit ${wanted} cannot be taken back.`, why, fix });
  const { stdout } = await runGit(place.git, ['rev-list', '--first-parent', `--max-count=${HISTORY}`, '--parents', commit]);
  const line = stdout.toString('latin1').split('\n').find((one) => one.startsWith(wanted));
  if (line === undefined) throw refused('It is none of the commits that main itself went through.', 'Name a commit of `./journey history`: for a pull request its merge.');
  if (line.trim() === wanted) throw refused('It is the first one: nothing was before it.', 'Name a later commit.');
}

/** From the commit back to what was before it. What is rendered is rendered anew: a patch of it would be a second opinion. */
async function patchOf({ place }: Making, commit: string): Promise<Buffer> {
  const sides = [commit, `${commit}^1`];
  const listed = await Promise.all(sides.map((side) => runGit(place.git, ['ls-tree', '-z', '--name-only', side])));
  const sources = [...new Set(listed.flatMap(({ stdout }) => stdout.toString('utf8').split('\0')))].filter((name) => name !== '' && name !== 'synth');
  if (sources.length === 0) return Buffer.alloc(0);
  const { stdout } = await runGit(place.git, ['diff', '--binary', '--full-index', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=all', ...sides, '--', ...sources]);
  return stdout;
}

/** Names what is in the way: the files, and the later commits that touched them. */
async function conflict({ place, commit }: Making, wanted: string, index: string): Promise<CliError> {
  const unmerged = await runGit(place.git, ['ls-files', '-z', '--unmerged'], { index });
  const files = [...new Set(unmerged.stdout.toString('utf8').split('\0').filter((line) => line !== '').map((line) => line.slice(line.indexOf('\t') + 1)))];
  const log = await gitText(place.git, ['log', '--first-parent', '--max-count=10', '--no-color', '--no-show-signature', '--format=%h %s', `${wanted}..${commit}`, '--', ...files]).catch((error: unknown) => {
    if (error instanceof GitError) return '';
    throw error;
  });
  const later = log.split('\n').filter((line) => line !== '').map((line) => visible(line).slice(0, 100));
  return new CliError(exit.failure, {
    what: `The commit ${wanted.slice(0, 10)} cannot be taken back by itself.`,
    why: `Later commits changed the same lines${files.length > 0 ? ` of ${files.slice(0, 10).map((file) => visible(file).slice(0, 200)).join(', ')}` : ''}${later.length > 0 ? `: ${later.join('; ')}` : ''}.`,
    fix: 'Take those back first, the newest before the others, or write the change by hand.',
  });
}

async function outcome(making: Making, { environment }: RollbackChange, result: Tree): Promise<Pick<Made, 'facts' | 'environments' | 'checks'>> {
  const { base } = making;
  const paths = differing(base, result);
  const known = [...result.entries.keys()].flatMap((path) => /^environments\/([a-z][a-z0-9-]*)\.ts$/.exec(path)?.[1] ?? []);
  const touched = touchedBy(paths, known);
  if (touched.length > 0 && !touched.includes(environment)) {
    throw new CliError(exit.usage, { what: `That commit changed nothing of "${environment}".`, why: `It changed ${touched.join(', ')}.`, fix: `Take it back for ${touched[0]}.` });
  }
  const facts = await Promise.all(known.map((name) => factsIn(making, name, result, paths)));
  return { facts: facts.flat(), environments: touched, checks: [] };
}

async function factsIn({ place, base }: Making, environment: string, result: Tree, paths: readonly string[]): Promise<readonly Fact[]> {
  const [release, model] = [`environments/releases/${environment}.json`, `environments/${environment}.ts`];
  const both = async (path: string) => [await textIn(place, base, path), await textIn(place, result, path)] as const;
  const facts: Fact[] = [];
  if (paths.includes(release)) {
    const [before, after] = await both(release);
    facts.push(...factsOf(environment, releaseValues(environment, before), releaseValues(environment, after)));
  }
  if (paths.includes(model)) {
    const { environmentValues } = await import('./model-facts.ts');
    const [before, after] = await both(model);
    facts.push(...factsOf(environment, environmentValues(environment, before), environmentValues(environment, after)));
  }
  return facts;
}
