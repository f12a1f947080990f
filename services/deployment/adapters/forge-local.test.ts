import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { commitOf, readCommit, writeBlob, writeCommit, writeTree } from '../../kit/git-objects.ts';
import { updateRefs } from '../../kit/git-refs.ts';
import { gitText } from '../../kit/git.ts';
import { connectionTo } from '../../kit/test/connection.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit, type TestKit } from '../../kit/test/kit.ts';
import { brokenRules, commitIn, mainRef, proposalIn, pushMain } from '../test/forge-place.ts';
import { openForge, type Forge, type Pull } from './forge.ts';
import { forgeSuite } from './forge.suite.ts';
import { writeRecord, type PullRecord } from './forge-record.ts';

const local = (kit: TestKit<typeof testContract>, folder: string, more: { readonly mostOpen?: number } = {}) => openForge(kit, connectionTo('repository', pathToFileURL(folder).href, 'deployment.REPOSITORY'), { mirror: '/nonexistent', ...more });

describe('the local forge', () => {
  forgeSuite(async () => {
    const base = await mkdtemp(join(tmpdir(), 'journey-test-forge-'));
    const remote = join(base, 'a remote (1).git');
    await local(testKit(testContract), remote).ready();
    return { remote, open: (kit, _view, more) => local(kit, remote, more), stop: () => rm(base, { recursive: true, force: true }) };
  });
});

let base: string;
let folder: string;
let kit: TestKit<typeof testContract>;
let forge: Forge;
let main: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'journey-test-forge-'));
  folder = join(base, 'remote.git');
  kit = testKit(testContract);
  forge = local(kit, folder);
  await forge.ready();
  main = await pushMain(folder, { 'a.txt': 'first\n' });
});
afterEach(async () => {
  await kit.close();
  await rm(base, { recursive: true, force: true });
});
const opened = async (key: string): Promise<Pull> => forge.open(await proposalIn(folder, main, key));
const recordAt = async (number: number): Promise<string> => await commitOf(folder, `refs/pulls/${number}/record`) ?? '';
const recordOf = async (number: number): Promise<PullRecord> => JSON.parse(await gitText(folder, ['show', `refs/pulls/${number}/record:record.json`])) as PullRecord;
const setRecord = async (number: number, text: string | Uint8Array) => {
  const tree = await writeTree(folder, [{ mode: '100644', type: 'blob', object: await writeBlob(folder, text), path: 'record.json' }]);
  await updateRefs(folder, [{ ref: `refs/pulls/${number}/record`, to: await writeCommit(folder, { tree, parents: [], message: 'x', author: 'mallory', at: '2024-01-01T00:00:00Z' }) }]);
};

test('an empty repository is made where there is none, and says what it waits for', async () => {
  const empty = local(kit, join(base, 'deep', 'empty.git'));
  await empty.ready();
  await expect(empty.refresh()).rejects.toMatchObject({ code: 'unavailable', fix: expect.stringContaining('./journey up') });
  expect(await empty.list()).toEqual({ pulls: [], unlisted: 0 });
});

test('a place where none can be is unavailable, now and until it can be', async () => {
  await writeFile(join(base, 'file'), '');
  const nowhere = local(kit, join(base, 'file', 'x.git'));
  await expect(nowhere.ready()).rejects.toMatchObject({ code: 'unavailable', at: 'deployment' });
  await expect(nowhere.list()).rejects.toMatchObject({ code: 'unavailable' });
  await rm(join(base, 'file'));
  await nowhere.ready();
  await rm(join(base, 'file', 'x.git', 'HEAD'));
  await expect(nowhere.list()).rejects.toMatchObject({ code: 'unavailable', detail: expect.stringContaining('git for-each-ref') });
});

test('every change is a commit of the record: who did what to which head', async () => {
  const pull = await opened('one');
  await forge.approve(pull.number, 'second@example.com', pull.head);
  await forge.merge(pull.number, { by: 'third@example.com', commit: pull.head, message: 'Merge\n' });
  const trail = await gitText(folder, ['log', '--first-parent', '--reverse', '--format=%an|%s', `refs/pulls/${pull.number}/record`, `^${pull.head}`]);
  expect(trail.split('\n')).toEqual(['asker@example.com|#1 opened: Change one', 'second@example.com|#1 approved: Change one', 'third@example.com|#1 merge begun: Change one', 'third@example.com|#1 merged: Change one']);
  expect((await readCommit(folder, await recordAt(1))).parents[1]).toBe(pull.head);
  expect((await readCommit(folder, await commitOf(folder, mainRef) ?? '')).author.name).toBe('third@example.com');
});

describe('a record that is none', () => {
  const damage: readonly (readonly [string, string | ((record: PullRecord) => unknown), string])[] = [
    ['not JSON', '{', 'not JSON'],
    ['a list', () => [], 'must be object'],
    ['with more than there may be', (r) => ({ ...r, admin: true }), 'additional properties'],
    ['with a head that is an option', (r) => ({ ...r, head: '--all' }), '/head'],
    ['merged without saying as what', (r) => ({ ...r, state: 'merged' }), 'mergedAs'],
    ['of a version of later', (r) => ({ ...r, version: 2 }), '/version'],
    ['with a marker that is none', (r) => ({ ...r, comments: { '-->': 'x' } }), '/comments'],
  ];
  test.each(damage)('%s: a clear error for it, and all the others are listed', async (_, make, why) => {
    const [one, two] = [await opened('one'), await opened('two')];
    await setRecord(one.number, typeof make === 'string' ? make : JSON.stringify(make(await recordOf(one.number))));
    await expect(forge.read(one.number)).rejects.toMatchObject({ code: 'internal', detail: expect.stringContaining(why), fix: expect.stringContaining('refs/pulls/1/record') });
    await expect(forge.merge(one.number, { by: 'x', commit: one.head, message: 'x' })).rejects.toMatchObject({ code: 'internal' });
    expect((await forge.list()).pulls.map(({ number }) => number)).toEqual([two.number]);
    expect(kit.lines.at(-1)).toMatchObject({ level: 'warn', ref: 'refs/pulls/1/record', fault: expect.stringContaining(why) });
    expect((await opened('three')).number).toBe(3);
    await forge.refresh();
  });

  test('a giant, a blob and foreign names', async () => {
    const [one, two] = [await opened('one'), await opened('two')];
    await setRecord(one.number, Buffer.alloc(65 * 1024 * 1024, 0x20));
    await updateRefs(folder, [{ ref: 'refs/pulls/7/record', to: await writeBlob(folder, 'x') }, { ref: 'refs/pulls/08/record', to: main }, { ref: 'refs/pulls/x/y', to: main }]);
    expect((await forge.list()).pulls.map(({ number }) => number)).toEqual([two.number]);
    await expect(forge.read(one.number)).rejects.toMatchObject({ detail: expect.stringContaining('larger than') });
    await expect(forge.read(7)).rejects.toMatchObject({ detail: expect.stringContaining('no file record.json') });
    expect((await opened('three')).number).toBe(8);
  });
});

describe('what somebody who was killed has left', () => {
  /** A merge that has begun, and whose writer is gone. */
  const begun = async (pull: Pull): Promise<string> => {
    const as = await commitIn(folder, { 'a.txt': 'merged' }, [pull.base, pull.head]);
    const at = new Date().toISOString();
    const record: PullRecord = { ...await recordOf(pull.number), merging: { as, by: 'third@example.com', at } };
    await updateRefs(folder, [{ ref: `refs/pulls/${pull.number}/record`, to: await writeRecord(folder, record, { before: await recordAt(pull.number), number: pull.number, what: 'merge begun', by: 'third@example.com', at }) }]);
    return as;
  };

  test('a merge that main holds is one, for every reader, and is written down by the next refresh', async () => {
    const pull = await opened('one');
    const as = await begun(pull);
    await updateRefs(folder, [{ ref: mainRef, from: main, to: as }]);
    const merged = { state: 'merged', mergedAs: as, mergedBy: 'third@example.com' };
    expect([await forge.read(1), (await forge.list()).pulls[0], await forge.byKey('one')]).toMatchObject([merged, merged, merged]);
    await expect(forge.close(1, 'x', 'x')).rejects.toMatchObject({ code: 'conflict' });
    expect(await forge.merge(1, { by: 'x', commit: pull.head, message: 'x' })).toMatchObject(merged);
    await forge.refresh();
    expect(await recordOf(1)).toMatchObject(merged);
    expect(await recordOf(1)).not.toHaveProperty('merging');
    expect(await brokenRules(folder, (await forge.list()).pulls, main)).toEqual([]);
  });

  test('one that main does not hold is void: it can be merged, changed and closed', async () => {
    const [one, two, three] = [await opened('one'), await opened('two'), await opened('three')];
    for (const pull of [one, two, three]) await begun(pull);
    expect((await forge.read(1))?.state).toBe('open');
    expect((await forge.approve(two.number, 'second@example.com', two.head)).approvals).toHaveLength(1);
    expect(await recordOf(2)).not.toHaveProperty('merging');
    expect((await forge.close(three.number, 'second@example.com', 'x')).state).toBe('closed');
    expect(await forge.merge(one.number, { by: 'fourth@example.com', commit: one.head, message: 'x' })).toMatchObject({ state: 'merged', mergedBy: 'fourth@example.com' });
    expect(await brokenRules(folder, (await forge.list()).pulls, main)).toEqual([]);
  });

  test('a comment on a merge that nobody wrote down finishes it', async () => {
    const pull = await opened('one');
    const as = await begun(pull);
    await updateRefs(folder, [{ ref: mainRef, from: main, to: as }]);
    await forge.comment(1, 'diff', 'text');
    expect(await recordOf(1)).toMatchObject({ state: 'merged', mergedAs: as, comments: { diff: 'text' } });
  });

  test('a branch without a record is taken over; an open record without its branch gets it back', async () => {
    await updateRefs(folder, [{ ref: 'refs/heads/change/1', to: main }]);
    const pull = await opened('one');
    expect([pull.number, await commitOf(folder, 'refs/heads/change/1')]).toEqual([1, pull.head]);
    await updateRefs(folder, [{ ref: 'refs/heads/change/1', to: null }]);
    await forge.refresh();
    expect(await commitOf(folder, 'refs/heads/change/1')).toBe(pull.head);
    await updateRefs(folder, [{ ref: 'refs/heads/change/1', to: null }]);
    expect(await forge.merge(1, { by: 'x', commit: pull.head, message: 'x' })).toMatchObject({ state: 'merged' });
  });
});

test('all open ones are listed, then the 50 that ended last; a key of long ago is still found', async () => {
  await opened('first');
  await opened('second');
  await forge.close(2, 'second@example.com', 'no');
  const [open, ended] = [await recordAt(1), await recordAt(2)];
  const copies = (from: number, count: number, to: string) => Array.from({ length: count }, (_, i) => ({ ref: `refs/pulls/${from + i}/record`, to }));
  await updateRefs(folder, copies(3, 60, ended));
  const { pulls: list } = await forge.list();
  expect(list.map(({ number }) => number)).toEqual([1, ...Array.from({ length: 50 }, (_, i) => 62 - i)]);
  expect((await forge.byKey('second'))?.number).toBe(62);
  await updateRefs(folder, copies(63, 110, open));
  const { pulls: more, unlisted } = await forge.list();
  expect([unlisted, more.length, more[0]?.number, more[99]?.number, more[100]?.number, more.at(-1)?.number]).toEqual([11, 150, 172, 73, 62, 13]);
  expect((await forge.byKey('first'))?.number).toBe(172);
});
