import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ModelError, type Environment, type Platform } from '../model/index.ts';
import { CliError, exit } from './command.ts';
import type { Fault } from './fault.ts';
import { faultsOf } from './model-faults.ts';

/** The model as the checkout has it now. */
export interface Model {
  readonly platform: Platform;
  /** By name, in the order of their names. */
  readonly environments: ReadonlyMap<string, Environment>;
}

/**
 * Loads `platform/platform.ts` and every `environments/<name>.ts`, each of which exports its environment under its own name.
 * Imported late and by file, so that a model that does not even parse is an answer and not a crash.
 * @throws {CliError} exit 3, naming file and line as far as they are known
 */
export async function loadModel(root: string): Promise<Model> {
  try {
    const files = (await readdir(join(root, 'environments'))).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).toSorted();
    const platform = await exported(root, 'platform/platform.ts', 'platform', isPlatform);
    const environments = await Promise.all(files.map((file) => exported(root, `environments/${file}`, nameOf(file), isEnvironment)));
    refuse(faultsOf(platform, environments));
    return { platform, environments: new Map(environments.map((one) => [one.name, one])) };
  } catch (error) {
    throw brokenModel(root, error);
  }
}

/** @throws {CliError} that lists them all */
function refuse(faults: readonly Fault[]): void {
  const [first] = faults;
  if (!first) return;
  const only = faults.length === 1;
  throw new CliError(exit.model, {
    what: only ? `The model is wrong in ${first.where}.` : `The model is wrong in ${faults.length} places.`,
    why: faults.map(({ where, what }) => (only ? `${what}.` : `${where}: ${what}`)).join('; '),
    fix: only ? first.fix : `${first.fix} Then the others; \`npx tsc -p .\` names their lines.`,
  });
}

/** What a person is told when the model cannot be loaded or rendered. */
export function brokenModel(root: string, error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (isModelError(error)) {
    return new CliError(exit.model, { what: `The model is wrong in ${error.where}.`, why: `${error.message}.`, fix: error.fix }, error);
  }
  const [message, stack] = error instanceof Error ? [error.message, error.stack ?? ''] : [String(error), ''];
  const place = placeIn(relativeTo(root, stack));
  return new CliError(exit.model, {
    what: place === undefined ? 'The model cannot be rendered.' : `The model cannot be read at ${place}.`,
    why: `${relativeTo(root, message)}.`,
    fix: place?.endsWith('.json') ? `Correct ${place}; it is plain JSON.` : 'Run `npx tsc -p .`: the compiler names every line that is wrong. Correct it and run this again.',
  }, error);
}

/** Another copy of the class when the model comes from another checkout. */
function isModelError(error: unknown): error is ModelError {
  return error instanceof ModelError || (error instanceof Error && error.name === 'ModelError' && 'where' in error && 'fix' in error);
}

async function exported<T>(root: string, file: string, name: string, is: (value: unknown) => value is T): Promise<T> {
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(join(root, file)).href);
  const value = module[name];
  if (is(value)) return value;
  throw new ModelError(file, `it does not export \`${name}\` as one of the model's own functions makes it`, `Write \`export const ${name} = …\` in ${file}.`);
}

/** `pre-production.ts` → `preProduction`: the name of a constant. */
const nameOf = (file: string) => file.slice(0, -'.ts'.length).replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
function isPlatform(value: unknown): value is Platform {
  return isRecord(value) && ['workloads', 'backing', 'knobs', 'standard'].every((key) => isRecord(value[key]));
}
function isEnvironment(value: unknown): value is Environment {
  return isRecord(value) && typeof value['name'] === 'string' && typeof value['declaredAt'] === 'string'
    && typeof value['kind'] === 'string' && ['local', 'cluster', 'production'].includes(value['kind'])
    && ['backing', 'knobs', 'release'].every((key) => isRecord(value[key]));
}

/** Paths of this checkout, plain and as URLs, without the checkout's own. */
function relativeTo(root: string, text: string): string {
  return text.replaceAll(`${pathToFileURL(root).href}/`, '').replaceAll(`${root}/`, '');
}

const PLACE = /(?:^|[\s('"])((?:services|platform|environments|dashboard)\/[^:\s()'"]+\.(?:ts|json))(?::(\d+))?/gm;
/** The first file of the model that a stack names; what calls the model does not count. */
function placeIn(stack: string): string | undefined {
  const places = [...stack.matchAll(PLACE)].filter(([, file = '']) => !/^platform\/(?:cli|model|targets)\//.test(file));
  const [found] = places;
  return found && (found[2] === undefined ? found[1] : `${found[1]}:${found[2]}`);
}
