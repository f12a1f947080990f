import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { knob, proposalOf, same, type Case, type Must, type Plain } from './case.ts';
import { git } from './git.ts';
import type { World } from './world.ts';

const HOOKS = ['post-index-change', 'reference-transaction', 'pre-commit', 'post-commit', 'commit-msg', 'post-checkout', 'pre-auto-gc', 'post-rewrite', 'fsmonitor-watchman', 'pre-applypatch', 'applypatch-msg', 'post-merge'];
/** Everything in git's configuration that names a program (git-config(1)). */
const settings = (trap: string) => `
[core]
\tfsmonitor = ${trap}
\tpager = ${trap}
\teditor = ${trap}
\tsshCommand = ${trap}
\taskPass = ${trap}
\tgitProxy = ${trap}
\talternateRefsCommand = ${trap}
\thooksPath = hooks
\tattributesFile = ${trap}
[pager]
\tcat-file = ${trap}
\tfor-each-ref = ${trap}
\tdiff = ${trap}
[alias]
\tcat-file = !${trap}
\tls-tree = !${trap}
\tcommit-tree = !${trap}
[diff]
\texternal = ${trap}
[diff "evil"]
\tcommand = ${trap}
\ttextconv = ${trap}
[merge "evil"]
\tdriver = ${trap} %A
[filter "evil"]
\tsmudge = ${trap}
\tclean = ${trap}
\tprocess = ${trap}
\trequired = true
[gpg]
\tprogram = ${trap}
[commit]
\tgpgSign = true
[log]
\tshowSignature = true
[credential]
\thelper = !${trap}
[uploadpack]
\tpackObjectsHook = ${trap}
[sequence]
\teditor = ${trap}
[interactive]
\tdiffFilter = ${trap}
[trailer "evil"]
\tcommand = ${trap}
[gc]
\tauto = 1
[maintenance]
\tauto = true
`;

const damaged = (name: string, damage: (repository: string, world: World) => void, { must = same, change = knob, more = () => ({}) }: { readonly must?: Must; readonly change?: Plain; readonly more?: (world: World) => Plain } = {}): Case => ({
  name: `repository: ${name}`,
  prepare: (world) => {
    const input = proposalOf(world, { change, ...more(world) });
    const repository = world.copy(`case-${name.replaceAll(/[^a-z]+/g, '-')}`);
    damage(repository, world);
    return { input: JSON.stringify({ ...input, repository }), repository, must };
  },
});
function configure(repository: string, text: string): void {
  writeFileSync(join(repository, 'config'), `[core]\n\trepositoryFormatVersion = 0\n\tbare = true\n${text}`);
}
function hook(repository: string, { trap }: World): void {
  for (const name of HOOKS) {
    writeFileSync(join(repository, 'hooks', name), `#!/bin/sh\nexec ${trap}\n`);
    chmodSync(join(repository, 'hooks', name), 0o755);
  }
}
const attributes = { base: (world: World) => world.commit({ '.gitattributes': { text: '* filter=evil diff=evil merge=evil\n' } }) };
const published = { kind: 'release', environment: 'local', workload: 'gateway' } as const;

/** A repository that somebody else may write to: its settings, hooks and files. */
export const repositories: readonly Case[] = [
  damaged('hooks', hook),
  damaged('settings that name programs', (repository, { trap }) => configure(repository, settings(trap))),
  damaged('settings, hooks and attributes together', (repository, world) => { configure(repository, settings(world.trap)); hook(repository, world); }, { more: (world) => ({ base: attributes.base(world) }) }),
  damaged('settings that name programs, asked for its refs', (repository, world) => { configure(repository, settings(world.trap)); hook(repository, world); }, { must: { take: () => [] }, change: published, more: ({ base }) => ({ change: { ...published, release: base } }) }),
  damaged('settings that name programs, a change taken back', (repository, world) => { configure(repository, settings(world.trap)); hook(repository, world); }, { must: { take: () => [] }, more: (world) => rollbackOf(world) }),
  damaged('settings that cannot be read', (repository) => configure(repository, '[core\nx')),
  damaged('settings that include others', (repository, { outside, folder, trap }) => { writeFileSync(join(folder, 'included'), settings(trap)); configure(repository, `[include]\n\tpath = ${folder}/included\n\tpath = ${outside}\n\tpath = /etc/passwd\n`); }),
  damaged('another work tree', (repository, { root }) => configure(repository, `[core]\n\tbare = false\n\tworktree = ${root}\n`)),
  damaged('attributes of its own', (repository, { trap }) => { configure(repository, settings(trap)); mkdirSync(join(repository, 'info'), { recursive: true }); writeFileSync(join(repository, 'info', 'attributes'), '* filter=evil eol=crlf\n'); }),
  damaged('a remote that would bring missing objects', (repository, { trap }) => configure(repository, `[extensions]\n\tpartialClone = evil\n[remote "evil"]\n\tpromisor = true\n\turl = ext::${trap} %S\n\tuploadpack = ${trap}\n[protocol]\n\tallow = always\n[protocol "ext"]\n\tallow = always\n`), {
    must: { refuse: [1, 2, 3] }, more: (world) => ({ base: world.rawCommit([['100644', 'missing.ts', 'd'.repeat(40)]]) }),
  }),
  damaged('objects of others', (repository, { folder }) => writeFileSync(join(repository, 'objects', 'info', 'alternates'), `/nowhere\n${folder}\n../../remote.git/objects\n`)),
  damaged('a replacement for its tip', (repository, world) => git([`--git-dir=${repository}`, 'update-ref', `refs/replace/${world.base}`, git([`--git-dir=${repository}`, 'rev-parse', `${world.base}^`])])),
  damaged('grafts', (repository, { base }) => { mkdirSync(join(repository, 'info'), { recursive: true }); writeFileSync(join(repository, 'info', 'grafts'), `${base}\n`); writeFileSync(join(repository, 'shallow'), `${base}\n`); }),
  damaged('a HEAD that leads out', (repository) => writeFileSync(join(repository, 'HEAD'), 'ref: refs/../../../etc/passwd\n')),
  damaged('no HEAD', (repository) => rmSync(join(repository, 'HEAD'))),
  damaged('objects behind a link', (repository, { folder }) => { const moved = join(folder, 'moved-objects'); git([`--git-dir=${repository}`, 'rev-parse']); renameLinked(repository, moved); }),
];

function rollbackOf(world: World): Plain {
  const bad = world.commit({ 'environments/local.ts': { text: world.textOf('environments/local.ts').replace(/rateLimit: \d+/, 'rateLimit: 7') }, '.gitattributes': { text: '* merge=evil diff=evil\n' } });
  return { base: bad, change: { kind: 'rollback', environment: 'local', commit: bad } };
}

function renameLinked(repository: string, moved: string): void {
  git(['clone', '-q', '--bare', repository, `${moved}.git`]);
  rmSync(join(repository, 'objects'), { recursive: true });
  symlinkSync(join(`${moved}.git`, 'objects'), join(repository, 'objects'));
}
