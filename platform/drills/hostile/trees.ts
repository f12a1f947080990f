import { knob, model, proposalOf, same, usage, type Case, type Must, type Plain } from './case.ts';
import type { Entry, World } from './world.ts';

type Changes = Readonly<Record<string, Entry>>;
/** A knob of a base that somebody prepared. */
const based = (name: string, must: Must | ((world: World) => Must), changes: (world: World) => Changes, change: Plain | ((world: World) => Plain) = knob): Case => ({
  name: `base tree: ${name}`,
  prepare: (world) => ({ input: JSON.stringify(proposalOf(world, { base: world.commit(changes(world)), change: typeof change === 'function' ? change(world) : change })), must: typeof must === 'function' ? must(world) : must }),
});
const rawBased = (name: string, must: Must, entries: (world: World) => Parameters<World['rawCommit']>[0]): Case =>
  ({ name: `base tree: ${name}`, prepare: (world) => ({ input: JSON.stringify(proposalOf(world, { base: world.rawCommit(entries(world)) })), must }) });
const link = (to: string): Entry => ({ mode: '120000', text: to });
const releaseChange = { kind: 'release', environment: 'local', workload: 'gateway', release: 'worktree' } as const;
/** A release file in the place of the real one. */
const releases = (name: string, text: (world: World) => string): Case =>
  based(`a release file ${name}`, model, (world) => ({ 'environments/releases/local.json': { text: text(world) } }), releaseChange);
const edited = (world: World, path: string, from: string, to: string): Changes => {
  const text = world.textOf(path);
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  return { [path]: { text: text.replace(from, () => to) } };
};
const environment = (name: string, from: string, to: (world: World) => string, must: Must = model): Case =>
  based(`an environment ${name}`, must, (world) => edited(world, 'environments/local.ts', from, to(world)));

/** Links, submodules, paths and attributes of a base that somebody else wrote. */
export const trees: readonly Case[] = [
  based('the release file is a link to /etc/passwd', model, () => ({ 'environments/releases/local.json': link('/etc/passwd') }), releaseChange),
  based('the environment is a link to a secret', model, ({ outside }) => ({ 'environments/local.ts': link(outside) })),
  based('the folder of environments is a link', model, ({ folder }) => ({ ...gone('environments', ['dev.ts', 'local.ts', 'production.ts', 'staging.ts', 'releases/dev.json', 'releases/local.json', 'releases/production.json', 'releases/staging.json']), environments: link(folder) })),
  based('a rendered folder is a link', model, ({ folder }) => ({ 'synth/other': link(folder) })),
  based('a rendered file is a link', model, ({ outside }) => ({ 'synth/local/plan.json': link(outside) })),
  based('a submodule among the environments', model, () => ({ 'environments/extra': { mode: '160000', text: '' } })),
  based('a link elsewhere', same, ({ outside }) => ({ 'platform/outside.ts': link(outside), 'docs/passwd': link('/etc/passwd') })),
  based('a submodule with a command for an address', same, ({ trap }) => ({ 'platform/extra': { mode: '160000', text: '' }, '.gitmodules': { text: `[submodule "x"]\n\tpath = platform/extra\n\turl = ext::${trap} x\n\tupdate = !${trap}\n` } })),
  based('attributes with filters and encodings', same, () => ({ '.gitattributes': { text: '* filter=evil diff=evil merge=evil text eol=crlf ident export-subst working-tree-encoding=UTF-16\n*.json text eol=crlf\n' } })),
  based('attributes in every folder', same, () => Object.fromEntries(['environments', 'policies', 'services', 'platform', 'platform/cli'].map((folder) => [`${folder}/.gitattributes`, { text: '* filter=evil eol=crlf\n' }]))),
  based('an ignore file that hides everything', same, () => ({ '.gitignore': { text: '*\n' } })),
  based('settings of npm and Node', same, ({ trap }) => ({ '.npmrc': { text: `script-shell=${trap}\n` }, '.env': { text: `NODE_OPTIONS=--require ${trap}\n` }, '.node-version': { text: '1\n' } })),
  based('a file of nine megabytes', model, () => ({ 'platform/large.ts': { text: '/'.repeat(9 * 1_048_576) } })),
  based('two names for one file', model, () => ({ 'Environments/local.ts': { text: 'x' } })),
  based('two names for one file, composed and not', model, () => ({ 'docs/\u00e9.md': { text: 'x' }, 'docs/e\u0301.md': { text: 'y' } })),
  based('a path of two lines', model, () => ({ 'docs/a\nb': { text: 'x' } })),
  based('a path with a backslash', model, () => ({ 'docs\\..\\..\\x': { text: 'x' } })),
  rawBased('a folder .git', model, (world) => [['40000', '.git', world.tree([['100644', 'config', world.blob(`[core]\n\tfsmonitor = ${world.trap}\n`)]])]]),
  rawBased('a folder .GIT', model, (world) => [['40000', '.GIT', world.tree([['100644', 'config', world.blob('x')]])]]),
  rawBased('a folder git~1', model, (world) => [['40000', 'git~1', world.tree([['100644', 'config', world.blob('x')]])]]),
  rawBased('a folder ..', model, (world) => [['40000', '..', world.tree([['100644', 'escaped', world.blob('x')]])]]),
  rawBased('a path that starts at the root', model, (world) => [['100644', '/tmp/journey-escaped', world.blob('x')]]),
  rawBased('an object that is not there', { refuse: [1, 3] }, () => [['100644', 'missing.ts', 'd'.repeat(40)]]),
  releases('of YAML with a tag', () => '--- !!js/function "process.exit()"\ngateway: { revision: worktree }\n'),
  releases('with a key twice', ({ textOf }) => textOf('environments/releases/local.json').replace('{', '{ "gateway": { "revision": "worktree" },')),
  releases('with a prototype', ({ textOf }) => textOf('environments/releases/local.json').replace('{', '{ "__proto__": { "revision": "worktree" },')),
  releases('of a depth', () => `${'{"gateway":'.repeat(5000)}1${'}'.repeat(5000)}`),
  releases('of a megabyte', () => `{"gateway":{"revision":"worktree"}}${' '.repeat(1_048_576)}`),
  releases('that is no UTF-8', () => '\u0000\u0001'),
  environment('with a spread in its knobs', 'knobs: {', () => 'knobs: { ...globalThis,'),
  environment('with a getter in its knobs', 'knobs: {', () => 'knobs: { get other() { return 1; },'),
  environment('with a knob twice', 'knobs: {', () => 'knobs: { rateLimit: 1,'),
  environment('defined twice', 'export const local', () => "localOf(platform, 'local', {});\nexport const local"),
  environment('that does not parse', 'export const local', () => 'export const local ='),
  based('a graph that is none', model, () => ({ 'synth/staging/journey.json': { text: '{"version":1,"delivery":{"after":"dev"}}' } }), { kind: 'promotion', from: 'dev', to: 'staging', workloads: ['gateway'] }),
  based('a graph that leads elsewhere', usage, (world) => edited(world, 'synth/local/journey.json', '"folder": "services/gateway"', '"folder": "../../etc"'), ({ base }) => ({ ...releaseChange, release: base })),
];

const gone = (folder: string, names: readonly string[]): Changes => Object.fromEntries(names.map((name) => [`${folder}/${name}`, null]));
