import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { messageOf, oneLine, readable, trailersOf } from './git-message.ts';
import { assertCommit, isBranchName, isRefName, isTreePath } from './git-names.ts';
import { commitOf, isAncestor, listTree, readCommit, readTreeFile, readTreeFiles, writeBlob, writeCommit, writeTree } from './git-objects.ts';
import { createBare, listRefs, updateRefs } from './git-refs.ts';
import { gitText } from './git.ts';

let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'journey-test-git-'));
  folder = join(base, 'remote.git');
  await createBare(folder);
});
afterEach(() => rm(base, { recursive: true, force: true }));

const at = '2024-05-06T07:08:09Z';
async function commit(files: Readonly<Record<string, string>>, more: { parents?: string[]; author?: string; message?: string } = {}): Promise<string> {
  const entries = await Promise.all(Object.entries(files).map(async ([path, text]) => ({ mode: '100644', type: 'blob' as const, object: await writeBlob(folder, text), path })));
  const tree = await writeTree(folder, entries);
  return writeCommit(folder, { tree, parents: more.parents ?? [], message: more.message ?? 'x\n', author: more.author ?? 'a@example.com', at });
}

describe('objects', () => {
  test('what was written is read, byte by byte', async () => {
    const one = await commit({ 'a b.txt': 'hello\n', 'ü.txt': '' }, { message: 'Title\n\nBody ü\n' });
    expect((await readTreeFile(folder, one, 'a b.txt'))?.toString()).toBe('hello\n');
    expect((await readTreeFiles(folder, [{ commit: one, path: 'nothing' }, { commit: one, path: 'ü.txt' }, { commit: one, path: 'a b.txt' }])).map((b) => b?.toString() ?? null)).toEqual([null, '', 'hello\n']);
    expect(await readTreeFiles(folder, [])).toEqual([]);
    expect((await listTree(folder, one)).map(({ path, mode }) => `${mode} ${path}`)).toEqual(['100644 a b.txt', '100644 ü.txt']);
    expect(await readCommit(folder, one)).toEqual({
      tree: expect.stringMatching(/^[0-9a-f]{40}$/), parents: [], message: 'Title\n\nBody ü',
      author: { name: 'a@example.com', email: 'a@example.com', at: '2024-05-06T07:08:09.000Z' },
      committer: { name: 'Request-Journey', email: 'request-journey@localhost', at: '2024-05-06T07:08:09.000Z' },
    });
  });

  test('a folder is no file; its files are listed by their whole paths', async () => {
    const inner = await writeTree(folder, [{ mode: '100644', type: 'blob', object: await writeBlob(folder, 'x'), path: 'c.txt' }]);
    const tree = await writeTree(folder, [{ mode: '040000', type: 'tree', object: inner, path: 'b*' }, { mode: '040000', type: 'tree', object: inner, path: 'bb' }]);
    const one = await writeCommit(folder, { tree, parents: [], message: 'x', author: 'a', at });
    expect((await listTree(folder, one, 'b*')).map(({ path }) => path)).toEqual(['b*/c.txt']);
    expect(await readTreeFile(folder, one, 'bb')).toBeNull();
  });

  test('the same input makes the same commit', async () => {
    expect(await commit({ a: '1' })).toBe(await commit({ a: '1' }));
  });

  test('names are found or not', async () => {
    const one = await commit({ a: '1' });
    await updateRefs(folder, [{ ref: 'refs/heads/main', to: one }]);
    expect([await commitOf(folder, 'refs/heads/main'), await commitOf(folder, one)]).toEqual([one, one]);
    expect([await commitOf(folder, 'refs/heads/other'), await commitOf(folder, 'f'.repeat(40)), await commitOf(folder, await writeBlob(folder, 'x'))]).toEqual([null, null, null]);
    await expect(commitOf(folder, '--all')).rejects.toThrow(TypeError);
    const two = await commit({ a: '2' }, { parents: [one] });
    expect([await isAncestor(folder, one, two), await isAncestor(folder, two, one), await isAncestor(folder, one, one)]).toEqual([true, false, true]);
    await expect(readCommit(folder, 'f'.repeat(40))).rejects.toMatchObject({ code: 'failed' });
  });

  test.each([
    ['a@example.com', 'a@example.com <a@example.com>'], ['x <y@z>\nparent 0', 'x y@z parent 0 <unknown@localhost>'], ['', 'unknown <unknown@localhost>'], ['...', 'unknown <unknown@localhost>'],
    ['Zoë 🚀', 'Zoë 🚀 <unknown@localhost>'], ['n'.repeat(100_000), `${'n'.repeat(200)} <unknown@localhost>`],
  ])('the author %.40j cannot leave its line', async (author, line) => {
    const one = await commit({ a: '1' }, { author });
    expect(await gitText(folder, ['show', '-s', '--format=%an <%ae>', one])).toBe(line);
    expect((await readCommit(folder, one)).parents).toEqual([]);
  });

  test('a date that is none makes no commit', async () => {
    await expect(writeCommit(folder, { tree: await writeTree(folder, []), parents: [], message: 'x', author: 'a', at: 'yesterday' })).rejects.toMatchObject({ code: 'failed' });
  });
});

describe('refs', () => {
  test('all change or none', async () => {
    const [one, two] = [await commit({ a: '1' }), await commit({ a: '2' })];
    expect(await updateRefs(folder, [{ ref: 'refs/heads/main', from: null, to: one }, { ref: 'refs/pulls/1/record', from: null, to: two }])).toBe(true);
    expect(await updateRefs(folder, [{ ref: 'refs/heads/main', from: one, to: two }, { ref: 'refs/pulls/1/record', from: one, to: two }])).toBe(false);
    expect(await updateRefs(folder, [{ ref: 'refs/heads/main', from: null, to: two }])).toBe(false);
    expect(await updateRefs(folder, [{ ref: 'refs/heads/other', from: one, to: two }])).toBe(false);
    expect(await updateRefs(folder, [{ ref: 'refs/heads/main', from: one }, { ref: 'refs/pulls/1/record', from: two, to: null }])).toBe(true);
    expect(await updateRefs(folder, [{ ref: 'refs/heads/main', from: two }, { ref: 'refs/heads/other', to: two }])).toBe(false);
    expect(await listRefs(folder)).toEqual(new Map([['refs/heads/main', one]]));
    expect(await listRefs(folder, 'refs/pulls/')).toEqual(new Map());
  });

  test('an object that is not there is an error, not a lost race', async () => {
    await expect(updateRefs(folder, [{ ref: 'refs/heads/main', to: 'f'.repeat(40) }])).rejects.toMatchObject({ code: 'failed' });
    await expect(updateRefs(folder, [{ ref: 'refs/heads/a..b', to: null }])).rejects.toThrow(TypeError);
  });

  test('of many who change one ref at once, one wins', async () => {
    const [one, ...others] = await Promise.all(Array.from({ length: 9 }, (_, i) => commit({ a: String(i) })));
    await updateRefs(folder, [{ ref: 'refs/heads/main', to: one ?? '' }]);
    const won = await Promise.all(others.map((to) => updateRefs(folder, [{ ref: 'refs/heads/main', from: one ?? '', to }])));
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  test('the lock of somebody who was killed is broken, that of somebody alive is waited for', async () => {
    const [one, two] = [await commit({ a: '1' }), await commit({ a: '2' })];
    await updateRefs(folder, [{ ref: 'refs/heads/main', to: one }]);
    const lock = join(folder, 'refs/heads/main.lock');
    await writeFile(lock, '');
    const change = (limits: object) => updateRefs(folder, [{ ref: 'refs/heads/main', from: one, to: two }], limits);
    await expect(change({ waitMs: 100 })).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('refs/heads/main.lock') });
    const waiting = change({ waitMs: 8000 });
    await rm(lock);
    expect(await waiting).toBe(true);
    await writeFile(lock, '');
    await utimes(lock, 1, 1);
    expect(await updateRefs(folder, [{ ref: 'refs/heads/main', from: two, to: one }])).toBe(true);
  });

  test('an existing repository is left as it is', async () => {
    await updateRefs(folder, [{ ref: 'refs/heads/main', to: await commit({ a: '1' }) }]);
    await createBare(folder);
    expect((await listRefs(folder)).size).toBe(1);
  });
});

describe('names', () => {
  test.each(['refs/heads/main', 'refs/heads/change/7', 'refs/pulls/12/record', 'refs/heads/A_b-c.d'])('%s is a ref', (name) => expect(isRefName(name)).toBe(true));
  test.each(['main', 'refs', 'refs/', 'refs//a', 'refs/heads/-x', 'refs/heads/.x', 'refs/heads/a..b', 'refs/heads/a.lock', 'refs/heads/a.', 'refs/heads/a b', 'refs/heads/a~1', 'refs/heads/a^', 'refs/heads/a:b',
    'refs/heads/@{0}', 'refs/heads/*', 'refs/heads/ü', 'refs/heads/a\n', 'refs/heads/a\0', `refs/${'a'.repeat(250)}`, '--upload-pack=x', '', 'refs/heads/a\\b'])('%j is none', (name) => expect(isRefName(name)).toBe(false));
  test('branches stand below refs/heads', () => expect([isBranchName('change/7'), isBranchName('HEAD'), isBranchName('../x')]).toEqual([true, false, false]));
  test.each(['a', 'a/b.json', 'a b', 'ü/x', '.gitignore', '.github/workflows/x.yaml', 'git', '...'])('%s is a path', (path) => expect(isTreePath(path)).toBe(true));
  test.each(['', '/a', 'a/', 'a//b', '.', '..', 'a/../b', '.git', 'a/.git/config', '.GIT', '.git ', '.git.', 'GIT~1', '.g\u200cit', '.git::$INDEX_ALLOCATION', 'a\0b', 'a\nb', 'a\\b', 'x'.repeat(1001)])(
    '%j is none', (path) => expect(isTreePath(path)).toBe(false));
  test.each(['', 'HEAD', 'abc1234', 'F'.repeat(40), `${'f'.repeat(40)}\n`, `${'f'.repeat(40)}~1`, '-'.repeat(40)])('%j is no commit', (text) => expect(() => assertCommit(text)).toThrow(TypeError));
});

describe('messages', () => {
  test('a person cannot add a trailer', () => {
    const message = messageOf({ title: 'Title\n\nApproved-by: x', body: 'because\r\n\r\nApproved-by: mallory\n', trailers: { 'Requested-by': 'a\nApproved-by: b', Empty: '', 'not a key': 'x' } });
    expect(message).toBe('Title Approved-by: x\n\nbecause\n\nApproved-by: mallory\n\nRequested-by: a Approved-by: b\n');
    expect(trailersOf(message)).toEqual({ 'Requested-by': 'a Approved-by: b' });
  });

  test('also where there is none of ours', () => {
    for (const body of ['Approved-by: x', 'text\n \nApproved-by: x', 'a\n\nA: 1\nB: 2']) expect(trailersOf(messageOf({ title: 't', body, trailers: {} }))).toEqual({});
    expect(messageOf({ title: '', trailers: {} })).toBe('(without a title)\n');
    expect(trailersOf('Approved-by: x\n')).toEqual({});
  });

  test('git reads the same trailers', async () => {
    const message = messageOf({ title: 't', body: 'x\n\n---\n\nApproved-by: mallory', trailers: { 'Requested-by': 'a@example.com', Pull: '7' } });
    const one = await commit({ a: '1' }, { message });
    expect(await gitText(folder, ['show', '-s', '--format=%(trailers:only,unfold)', one])).toBe('Requested-by: a@example.com\nPull: 7\n');
    expect(trailersOf(message)).toEqual({ 'Requested-by': 'a@example.com', Pull: '7' });
    expect(trailersOf('t\n\nA: 1\nA: 2')).toEqual({ A: '1, 2' });
  });

  test('one line is one line; readable keeps line breaks', () => {
    expect(oneLine(' a\r\n\tb\u2028c\u0000\u202e ', 100)).toBe('a b c');
    expect(oneLine('🚀🚀🚀', 2)).toBe('🚀🚀');
    expect(readable('a\r\nb\tc\u0007\u202ed\ud800')).toBe('a\nb\tc  d ');
  });
});
