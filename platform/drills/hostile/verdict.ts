import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Must, Prepared } from './case.ts';
import { git, readObjects } from './git.ts';
import { changesOf, type Ran } from './run.ts';
import { isAllowedProgram, type Seen } from './strace.ts';
import type { World } from './world.ts';

/** What the same change does to the clean base: `mode object path`, a line each. */
export type Reference = readonly string[];

/** Everything that was not as it must be; nothing when all was. `before` is the repository's `stateOf`. */
export function verdictOf(world: World, { repository = world.repository, input, must }: Prepared, ran: Ran, before: string, reference: Reference): readonly string[] {
  const answer = answerIn(ran.out);
  return [
    ...(answer === undefined ? ['stdout is not one JSON value'] : answered(world, repository, input, must, ran, answer, reference)),
    ...secretsIn(world, ran.out, ran.err),
    ...(/\p{Cc}/u.test(ran.err.replaceAll(/[\n\t]/g, '')) ? ['a control character reached the terminal'] : []),
    ...(ran.seen ? watched(world, repository, ran.seen) : []),
    ...(existsSync(world.sprung) ? ['a program of the enemy ran, or a file of his was written'] : []),
    ...(stateOf(repository) === before ? [] : ['the repository has other refs, settings or hooks than before']),
  ];
}

type Answer = Readonly<Record<string, unknown>>;
function answerIn(out: string): Answer | undefined {
  try {
    const value: unknown = out.trim().includes('\n') ? undefined : JSON.parse(out);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

function answered(world: World, repository: string, input: Prepared['input'], must: Must, { code, out }: Ran, { error, commit, base }: Answer, reference: Reference): readonly string[] {
  const said = `exit ${code}: ${out.slice(0, 300)}`;
  if ('refuse' in must) {
    const own: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    return own === code && must.refuse.includes(code ?? -1) ? [] : [`it had to be refused with ${must.refuse.join(' or ')}: ${said}`];
  }
  if (code !== 0 || typeof commit !== 'string' || typeof base !== 'string') return [`it had to be taken: ${said}`];
  const changes = changesOf(world, repository, base, commit);
  const message = readObjects(world.repository, repository, ['cat-file', 'commit', commit]);
  return [
    ...secretsIn(world, message, readObjects(world.repository, repository, ['diff', '--text', '--no-ext-diff', '--no-textconv', base, commit])),
    ...(message.split('\n\n')[0]?.match(/^parent /gm)?.length === 1 ? [] : ['it does not have one parent']),
    ...trailers(message, input),
    ...('take' in must ? must.take(commit) : changes.join('\n') === reference.join('\n') ? [] : [`other bytes changed than by the clean change: ${changes.filter((one) => !reference.includes(one)).join(', ').slice(0, 300)}`]),
  ];
}

/** The trailers are those that were asked for, and no others. */
function trailers(message: string, input: Prepared['input']): readonly string[] {
  const asked: unknown = JSON.parse(String(input));
  const wanted: unknown = typeof asked === 'object' && asked !== null && 'trailers' in asked ? asked.trailers : {};
  const found = git(['interpret-trailers', '--parse'], { input: message.slice(message.indexOf('\n\n') + 2) });
  const lines = Object.entries(Object(wanted)).map(([key, value]) => `${key}: ${String(value)}`).join('\n');
  return found === lines ? [] : [`the trailers are not those of the proposal: ${found}`];
}

function secretsIn({ canary }: World, ...texts: readonly string[]): readonly string[] {
  const passwords = statSync('/etc/passwd', { throwIfNoEntry: false }) ? readFileSync('/etc/passwd', 'utf8').split('\n')[0] ?? canary : canary;
  return texts.some((text) => text.includes(canary) || text.includes(passwords)) ? ['a secret was told'] : [];
}

function watched({ root, folder, outside }: World, repository: string, { programs, written, read, others }: Seen): readonly string[] {
  const work = join(root, '.journey', 'work');
  const objects = [join(repository, 'objects'), ...(existsSync(join(repository, 'objects')) ? [realpathSync(join(repository, 'objects'))] : [])];
  const allowed = (path: string) => path === '/dev/null' || path === work || path === join(root, '.journey') || [work, ...objects].some((one) => path.startsWith(`${one}/`));
  const secrets = [outside, join(root, '.journey', 'secrets.json'), '/etc/shadow'];
  const told = (what: string, all: readonly string[]) => (all.length === 0 ? [] : [`${what}: ${all.slice(0, 5).join(', ').replaceAll(folder, '')}`]);
  return [
    ...told('programs that nobody needs', programs.filter((path) => !isAllowedProgram(path))), ...told('written outside', written.filter((path) => !allowed(path))),
    ...told('secrets that were read', read.filter((path) => secrets.includes(path))), ...told('calls that nobody needs', others),
  ];
}

/** Everything of a repository but its objects, as one text. */
export function stateOf(repository: string): string {
  if (!existsSync(repository)) return '';
  return readdirSync(repository, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
    .filter((path) => !path.startsWith(join(repository, 'objects'))).toSorted().map((path) => `${path} ${readFileSync(path, 'latin1')}`).join('\n');
}
