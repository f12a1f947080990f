import { get } from '../../../policies/json.ts';
import { parseJson } from '../../../policies/json-text.ts';
import { CliError, exit, type ExitCode } from '../command.ts';
import { readReleases } from './edit/release-file.ts';
import type { Place } from './place.ts';
import { runOf, wordsOf, type Ended } from './program.ts';
import type { Check } from './proposal.ts';
import { textIn, type Blob, type Tree } from './tree.ts';
import { blobsOf, changedPaths } from './work-tree.ts';

export interface Rendered {
  /** Path → blob of everything below `synth/` that is not as it was; null: it is gone. */
  readonly files: ReadonlyMap<string, Blob | null>;
  readonly check: Check;
}

/**
 * Runs the tree's own synth over the checked-out files: a laptop's environments by themselves, since a checkout may have no
 * packages for the others.
 * @throws {CliError} exit 3 when the model is wrong, or when that program wrote elsewhere than into `synth/`
 */
export async function render(place: Place, tree: Tree, environments: readonly string[], signal: AbortSignal): Promise<Rendered> {
  const said: string[] = [];
  const done: string[] = [];
  const laptops = await laptopsOf(place, tree, environments);
  for (const group of [laptops, environments.filter((name) => !laptops.includes(name))]) {
    if (group.length === 0) continue;
    const ended = await runOf(place, ['synth', ...group, '--json'], signal);
    const lacks = ended.code === 0 ? undefined : await missingPackage(place, tree, ended);
    if (lacks !== undefined) said.push(`${group.join(', ')}: not rendered, since ${lacks} is not installed here; run ./journey check once with a network`);
    else if (ended.code === 0) done.push(...group);
    else throw failed(place, ended);
  }
  const check = { name: 'synth', passed: said.length === 0, said: environments.length === 0 ? ['nothing is rendered from what changed'] : said };
  return { files: await written(place, done), check };
}

/** What a run-level install of a checkout can render and judge. */
export async function laptopsOf(place: Place, tree: Tree, environments: readonly string[]): Promise<readonly string[]> {
  const texts = await Promise.all(environments.map((name) => textIn(place, tree, `environments/releases/${name}.json`)));
  return environments.filter((name, at) => readReleases(name, texts[at] ?? '').of === 'sources');
}

async function written(place: Place, environments: readonly string[]): Promise<ReadonlyMap<string, Blob | null>> {
  const paths = await changedPaths(place);
  const allowed = [...environments, 'argocd'].map((name) => `synth/${name}/`);
  const outside = paths.filter((path) => !allowed.some((folder) => path.startsWith(folder)));
  if (outside.length > 0) {
    throw new CliError(exit.model, {
      what: 'The synth of that revision wrote outside of what it renders.', why: `It changed ${outside.slice(0, 5).map((path) => JSON.stringify(path.slice(0, 200))).join(', ')}${outside.length > 5 ? ` and ${outside.length - 5} more` : ''}.`,
      fix: 'Look at what its platform/ does with files, and correct that by a commit of its own.',
    });
  }
  return blobsOf(place, paths);
}

/** The package that an import did not find, if the tree wants it for development only: then nothing is wrong with the model. */
export async function missingPackage(place: Place, tree: Tree, { err }: Ended): Promise<string | undefined> {
  const name = /Cannot find package '([^']{1,100})'|the package (\S{1,100}) is not installed/.exec(err)?.slice(1).find((one) => one !== undefined);
  if (name === undefined) return undefined;
  const { value } = parseJson((await textIn(place, tree, 'package.json')) ?? '{}');
  return get(value, 'devDependencies', name) === undefined ? undefined : name;
}

/** What the tree's own command line said, in its own three lines (report.ts). */
function failed(place: Place, ended: Ended): CliError {
  if (ended.code === null) {
    return new CliError(exit.failure, {
      what: 'The synth of that revision did not end by itself.', why: `It was stopped after ${Math.round(ended.milliseconds / 1000)} s, because it took too long, said too much or wanted too much memory.`, fix: 'Run ./journey synth in a checkout of that revision and see what it does.',
    });
  }
  const [, what = '', why = lastWords(ended.err), fix = 'Run ./journey synth in a checkout of that revision.'] = /^✗ (.+)\n {2}why: (.+)\n {2}fix: (.+)$/m.exec(ended.err) ?? [];
  const code: ExitCode = ended.code === exit.model ? exit.model : exit.failure;
  return new CliError(code, { what: 'The model cannot be rendered with this change.', why: wordsOf(place, `${what} ${why}`) || `It ended with ${ended.code} and said nothing.`, fix: wordsOf(place, fix) });
}

/** Of a crash the line that names the error; its stack is nobody's business here. */
const lastWords = (err: string): string => /^((?:[A-Z]\w*)?Error(?: \[\w+\])?: .*)$/m.exec(err)?.[1] ?? err.slice(-600);
