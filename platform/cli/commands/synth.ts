import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ARGOCD } from '../../../argocd/folder.ts';
import type { OutputFile } from '../../model/index.ts';
import { CliError, exit, type Command, type ExitCode, type Io } from '../command.ts';
import { brokenModel, loadModel, type Model } from '../model.ts';
import { differencesOf, filesIn, writeFolder, type Difference, type Texts } from '../output-folder.ts';
import { didYouMean } from '../spelling.ts';
import { synthesize, synthesizeArgocd } from '../synth.ts';

export const command: Command = {
  name: 'synth',
  arguments: '[environment...]',
  about: 'Renders the model into synth/<environment>/ and synth/argocd/, or says how synth/ differs from it.',
  example: './journey synth production --check',
  options: [{ flags: '--check', about: 'change nothing; list what differs and exit 3' }],
  async run(io, args, options) {
    const progress = io.progress('Reading the model');
    try {
      const model = await loadModel(io.root);
      const rendered = await render(io, model, chosen(model, args), (name) => progress.update(`Rendering ${name}`));
      const orphans = args.length === 0 ? orphansIn(io.root, model) : [];
      const code = options['check'] === true ? check(io, rendered, orphans) : write(io, rendered, orphans);
      progress.done();
      return code;
    } catch (error) {
      progress.fail();
      throw error;
    }
  },
};

/** The folder's name: an environment's, or `argocd`. */
interface Rendered { readonly environment: string; readonly texts: Texts }

function chosen(model: Model, names: readonly string[]): string[] {
  const known = [...model.environments.keys(), ...(hasCluster(model) ? [ARGOCD] : [])];
  return (names.length === 0 ? known : [...new Set(names)]).map((name) => {
    if (known.includes(name)) return name;
    throw new CliError(exit.usage, {
      what: `There is no environment "${name}".`,
      why: `There is ${known.join(', ')}.`,
      fix: didYouMean(name, known) ?? 'Name one of them, or none for all.',
    });
  });
}

/** All of it before anything is written: a model that breaks half-way changes nothing. */
async function render(io: Io, model: Model, names: readonly string[], tell: (name: string) => void): Promise<Rendered[]> {
  const rendered: Rendered[] = [];
  for (const name of names) {
    io.signal.throwIfAborted();
    tell(name);
    try {
      const files = await filesOf(model, name);
      rendered.push({ environment: name, texts: new Map(files.map(({ path, text }) => [path, text])) });
    } catch (error) {
      throw brokenModel(io.root, error);
    }
  }
  return rendered;
}

function filesOf({ platform, environments }: Model, name: string): Promise<readonly OutputFile[]> {
  const environment = environments.get(name);
  return environment ? synthesize(platform, environment) : synthesizeArgocd(platform, environments.values());
}

const hasCluster = ({ environments }: Model): boolean => [...environments.values()].some(({ kind }) => kind !== 'local');

/** Folders in synth/ that were rendered from environments that are gone. */
function orphansIn(root: string, model: Model): string[] {
  const folder = join(root, 'synth');
  if (!existsSync(folder)) return [];
  const isOurs = (name: string) => existsSync(join(folder, name, 'journey.json')) || (name === ARGOCD && !hasCluster(model));
  return readdirSync(folder).filter((name) => !model.environments.has(name) && isOurs(name)).sort();
}

function write(io: Io, rendered: readonly Rendered[], orphans: readonly string[]): ExitCode {
  for (const { environment, texts } of rendered) {
    const result = writeFolder(join(io.root, 'synth', environment), texts, join(io.root, '.journey', `synth-${process.pid}`));
    if (io.json) io.emit({ environment, files: texts.size, ...result });
    else io.print(`synth/${environment}  ${texts.size} files: ${result.written} written, ${result.removed} removed, ${result.unchanged} unchanged`);
  }
  for (const name of orphans) {
    const removed = filesIn(join(io.root, 'synth', name)).length;
    rmSync(join(io.root, 'synth', name), { recursive: true });
    if (io.json) io.emit({ environment: name, files: 0, written: 0, removed, unchanged: 0 });
    else io.print(`synth/${name}  removed: environments/ has it no longer`);
  }
  return exit.ok;
}

function check(io: Io, rendered: readonly Rendered[], orphans: readonly string[]): ExitCode {
  const all = [...rendered, ...orphans.map((environment): Rendered => ({ environment, texts: new Map() }))];
  const found = all.flatMap(({ environment, texts }) => {
    const folder = join(io.root, 'synth', environment);
    return differencesOf(folder, texts).map((difference) => describe(folder, environment, texts, difference));
  });
  const files = rendered.reduce((sum, { texts }) => sum + texts.size, 0);
  for (const one of found) {
    if (io.json) io.emit(one);
    else for (const line of linesOf(io, one)) io.print(line);
  }
  if (found.length === 0) {
    if (io.json) io.emit({ files, differences: 0 });
    else io.print(`synth/ is what the model says: ${files} files in ${rendered.filter(({ environment }) => environment !== ARGOCD).length} environments.`);
    return exit.ok;
  }
  throw new CliError(exit.model, {
    what: `synth/ is not what the model says: ${found.length} of ${files} files.`,
    why: 'The model was changed without rendering it, or synth/ was edited by hand.',
    fix: 'Run ./journey synth and commit what it changes.',
  });
}

interface Finding {
  readonly path: string;
  readonly status: Difference['status'];
  /** The first line that differs, from 1, for files that are there and should be. */
  readonly line?: number;
  readonly committed?: string;
  readonly rendered?: string;
}

function describe(folder: string, environment: string, texts: Texts, { path, status }: Difference): Finding {
  const named = { path: `synth/${environment}/${path}`, status };
  if (status !== 'different') return named;
  const committed = readFileSync(join(folder, path), 'utf8').split('\n');
  const rendered = (texts.get(path) ?? '').split('\n');
  const at = rendered.findIndex((line, index) => line !== committed[index]);
  const first = at === -1 ? rendered.length : at;
  return { ...named, line: first + 1, committed: committed[first] ?? '', rendered: rendered[first] ?? '' };
}

function linesOf({ style }: Io, { path, status, line, committed, rendered }: Finding): string[] {
  if (line === undefined) return [`${style.warn(status)}  ${path}`];
  return [`${style.warn(status)}  ${path}:${line}`, style.bad(`  - ${committed}`), style.good(`  + ${rendered}`)];
}
