import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exit } from '../command.ts';
import { failure } from '../delivery/test/fake-gateway.ts';
import { heard } from '../test/heard.ts';
import { command as diff } from './diff.ts';

const folders: string[] = [];
let [checkout, remote, first, second] = ['', '', '', ''];
const git = (folder: string, ...args: string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...args], { encoding: 'utf8' }).trim();
const made = () => { folders.push(mkdtempSync(join(tmpdir(), 'journey-diff-'))); return folders.at(-1) ?? ''; };

beforeAll(() => {
  // The remote's main is ahead of the checkout, as after a merge.
  checkout = made();
  remote = join(checkout, '.journey', 'remote.git');
  mkdirSync(join(checkout, '.journey'));
  git(checkout, 'init', '-q', '-b', 'main');
  writeFileSync(join(checkout, '.gitignore'), '.journey/\n');
  git(checkout, 'add', '-A');
  git(checkout, 'commit', '-q', '-m', 'first');
  first = git(checkout, 'rev-parse', 'HEAD');
  git(checkout, 'clone', '-q', '--bare', checkout, remote);
  const other = made();
  git(other, 'clone', '-q', remote, 'work');
  git(join(other, 'work'), 'commit', '-q', '--allow-empty', '-m', 'second');
  git(join(other, 'work'), 'push', '-q', 'origin', 'HEAD:main');
  second = git(remote, 'rev-parse', 'main');
});
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }); });

test('commits of this checkout, and of its remote where only that has both', async () => {
  for (const range of ['HEAD..HEAD', `${first.slice(0, 8)}..${second.slice(0, 8)}`]) {
    const { io, emitted } = heard(checkout, true);
    expect(await diff.run(io, [range], {})).toBe(exit.ok);
    expect(emitted).toMatchObject([{ from: first, to: range.startsWith('HEAD') ? first : second, environments: [] }]);
  }
  const { io, printed } = heard(checkout);
  expect(await diff.run(io, [`${first}..${second}`], { repository: remote })).toBe(exit.ok);
  expect(printed.join('\n')).not.toMatch(/\n$/);
});

test('what neither has is asked back by what the checkout has; a named repository is the only one looked into', async () => {
  expect(await failure(diff.run(heard(checkout).io, ['main..mian'], {}))).toMatchObject({ code: exit.usage, message: expect.stringContaining('mian') });
  expect(await failure(diff.run(heard(checkout).io, [`${first}..${second}`], { repository: checkout }))).toMatchObject({ code: exit.usage });
  expect(await failure(diff.run(heard(checkout).io, ['main..main'], { repository: join(checkout, 'nowhere') }))).toMatchObject({ code: exit.usage, message: expect.stringContaining('no git folder') });
  expect(await failure(diff.run(heard(checkout).io, ['main..main', 'moon'], {}))).toMatchObject({ code: exit.usage, message: expect.stringContaining('moon') });
  expect(await failure(diff.run(heard(checkout).io, ['main...main'], {}))).toMatchObject({ code: exit.usage });
});
