import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isAllowedProgram, seenIn } from './strace.ts';

let folder = '';
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'journey-trace-')); });
afterAll(() => rm(folder, { recursive: true }));

test('who was started, what was written and read, from where: threads and children begin where their parent was', async () => {
  await writeFile(join(folder, 'trace.1'), [
    'execve("/usr/bin/node", ["node"], 0x7 /* 3 vars */) = 0',
    'openat(AT_FDCWD</work>, "a.json", O_RDONLY|O_CLOEXEC) = 3</work/a.json>',
    'openat(AT_FDCWD</work>, "link/b", O_WRONLY|O_CREAT, 0666) = 4</etc/b>',
    'openat(AT_FDCWD</work>, "/etc/shadow", O_RDONLY) = -1 EACCES (Permission denied)',
    'openat(AT_FDCWD</work>, "/etc/c", O_RDWR) = -1 EACCES (Permission denied)',
    'clone3({flags=CLONE_VM}, 88) = 2', 'vfork() = 3', 'mkdir("sub", 0777) = 0', 'symlink("/target", "/work/l") = 0', 'rename("/work/a \\"b\\"", "/work/\\303\\244") = 0',
    'connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80)}, 16) = -1 ECONNREFUSED (Connection refused)', '+++ exited with 0 +++',
  ].join('\n'));
  await writeFile(join(folder, 'trace.2'), 'unlink("gone") = 0\nopenat(5</work/deep>, "d", O_WRONLY|O_TRUNC) = -1 ENOENT (No such file or directory)\n');
  await writeFile(join(folder, 'trace.3'), 'chdir("tree") = 0\nexecve("../bin/sh", ["sh"], 0x7 /* 3 vars */ <unfinished ...>\nrmdir("r") = 0\n');
  const seen = await seenIn(folder, '/work');
  expect(seen.programs).toEqual(['/usr/bin/node', '/work/bin/sh']);
  expect(seen.written.toSorted()).toEqual(['/etc/b', '/etc/c', '/work/a "b"', '/work/deep/d', '/work/gone', '/work/l', '/work/sub', '/work/tree/r', '/work/\u00c3\u00a4']);
  expect(seen.read).toEqual(['/work/a.json']);
  expect(seen.others).toEqual([expect.stringContaining('connect(3<socket:[1]>')]);
});

test.each([[process.execPath, true], ['/usr/bin/git', true], ['/usr/lib/git-core/git-remote-https', true], ['/bin/sh', false], ['/usr/lib/git-core/../../bin/sh', false], ['/tmp/node', false], ['/tmp/git', false]])('%s may run: %s', (path, allowed) => {
  expect(isAllowedProgram(path)).toBe(allowed);
});
