import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { commitOf, readCommit } from '../../kit/git-objects.ts';
import { gitText } from '../../kit/git.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit, type TestKit } from '../../kit/test/kit.ts';
import { commitIn, mainRef, proposalIn, pushMain, type ForgePlace } from '../test/forge-place.ts';
import { forgeHoldsSuite } from './forge-holds.suite.ts';
import type { Forge, NewPull, Pull } from './forge-port.ts';
import { forgeWordsSuite } from './forge-words.suite.ts';

/** What every forge promises, whatever it is made of. */
export function forgeSuite(start: () => Promise<ForgePlace>): void {
  // A step is a dozen processes of git, more with a server in between.
  jest.setTimeout(30_000);
  let place: ForgePlace;
  let kit: TestKit<typeof testContract>;
  let forge: Forge;
  let main: string;
  let turn = 0;
  beforeAll(async () => {
    place = await start();
    await pushMain(place.remote, { 'a.txt': 'first\n' });
  });
  afterAll(() => place.stop());
  beforeEach(async () => {
    kit = testKit(testContract);
    forge = place.open(kit, 'here');
    main = await forge.refresh();
  });
  afterEach(async () => {
    await forge.stop();
    await kit.close();
  });

  const [asker, second] = ['asker@example.com', 'second@example.com'];
  const merging = { by: second, message: 'Merge\n\nBecause.\n\nRequested-by: asker@example.com\nApproved-by: second@example.com\n' };
  const key = () => `key-${turn++}-${Math.random().toString(36).slice(2, 8)}`;
  const proposal = (more: Partial<NewPull> = {}) => proposalIn(forge.folder, more.base ?? main, more.key ?? key(), more);
  const opened = async (more: Partial<NewPull> = {}) => forge.open(await proposal(more));
  const refused = (promise: Promise<unknown>) => promise.then(() => 'done', (error: { code?: string }) => error.code ?? String(error));
  const approved = async (pull: Pull) => forge.approve(pull.number, second, pull.head);

  describe('opening', () => {
    test('keeps what it was given, and is found again by others', async () => {
      const asked = await proposal({ body: 'Line one\n\n- a list `x` <b>\n' });
      const pull = await forge.open(asked);
      expect(pull).toMatchObject({ ...asked, state: 'open', approvals: [], comments: {}, branch: expect.stringMatching(/^change\//) });
      expect(Math.abs(Date.parse(pull.openedAt) - Date.now())).toBeLessThan(60_000);
      const other = place.open(kit, 'there');
      await other.refresh();
      expect(await other.read(pull.number)).toEqual(pull);
      expect(await other.byKey(asked.key)).toEqual(pull);
      expect((await other.list()).pulls[0]).toEqual(pull);
      expect(await commitOf(place.remote, `refs/heads/${pull.branch}`)).toBe(asked.head);
      expect(await gitText(other.folder, ['cat-file', '-t', asked.head])).toBe('commit');
      await other.stop();
    });

    test('what nobody has opened is not there', async () => {
      expect([await forge.read(999_999), await forge.byKey('nobody')]).toEqual([null, null]);
      const acts = [forge.approve(999_999, second, main), forge.merge(999_999, { ...merging, commit: main }), forge.close(999_999, second, 'x'), forge.comment(999_999, 'diff', 'x')];
      expect(await Promise.all(acts.map(refused))).toEqual(acts.map(() => 'not_found'));
    });

    test('ten times with one key, by two processes at once, is one pull request', async () => {
      const [asked, other] = [await proposal(), place.open(kit, 'there')];
      await other.refresh();
      // The same commit once more: each process has its own objects.
      expect(await proposalIn(other.folder, main, asked.key)).toEqual(asked);
      const all = await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? forge : other).open(asked)));
      expect(new Set(all.map(({ number }) => number)).size).toBe(1);
      expect((await forge.list()).pulls.filter((pull) => pull.key === asked.key)).toHaveLength(1);
      expect((await forge.open({ ...asked, title: 'Something else' })).title).toBe(asked.title);
      await other.stop();
    });

    test('different ones at once get numbers of their own', async () => {
      const asked = await Promise.all(Array.from({ length: 6 }, () => proposal()));
      const other = place.open(kit, 'there');
      await other.refresh();
      for (const one of asked) await proposalIn(other.folder, main, one.key);
      const all = await Promise.all(asked.map((one, i) => (i % 2 ? forge : other).open(one)));
      expect(new Set(all.map(({ number }) => number)).size).toBe(6);
      expect((await forge.list()).pulls.slice(0, 6).map(({ number }) => number)).toEqual(all.map(({ number }) => number).sort((a, b) => b - a));
      await other.stop();
    });

    test('what is open is listed first, however much was opened and closed after it', async () => {
      const [waits, closed] = [await opened(), await opened()];
      await forge.close(closed.number, second, 'no');
      const states = (await forge.list()).pulls.flatMap(({ number, state }) => (number === waits.number || number === closed.number ? [state] : []));
      expect(states).toEqual(['open', 'closed']);
    });

    test('when more are open than are listed, the list says how many', async () => {
      const [old, other] = [await opened(), place.open(kit, 'there', { mostOpen: 2 })];
      const before = (await forge.list()).pulls.filter(({ state }) => state === 'open').length;
      for (let n = 0; n < 2; n += 1) await opened();
      await other.refresh();
      const few = await other.list();
      const open = few.pulls.filter(({ state }) => state === 'open');
      expect([open.map(({ number }) => number > old.number), few.unlisted]).toEqual([[true, true], before]);
      expect(few.pulls.slice(0, 2)).toEqual(open);
      expect((await forge.list()).unlisted).toBe(0);
      await other.stop();
    });

    test('a head that is not on top of its base, or not there, is refused', async () => {
      const stranger = await commitIn(forge.folder, { x: '1' }, []);
      const merge = await commitIn(forge.folder, { x: '1' }, [main, stranger]);
      for (const head of [stranger, merge, 'f'.repeat(40), main]) expect(await refused(opened({ head }))).toBe('invalid_body');
    });

    test('a key that is no part of a branch, or a commit that is none, is refused before anything happens', async () => {
      const asked = await proposal();
      for (const bad of ['', 'a b', '../x', '-x', 'a/b', 'a..b', 'ü', 'x'.repeat(101), 'a\n', 'refs/heads/main', 'a.lock', '--force', 'a:b', '+a']) expect(await refused(forge.open({ ...asked, key: bad }))).toBe('invalid_body');
      for (const bad of ['HEAD', 'main', '--upload-pack=x', 'f'.repeat(39), '', `${'f'.repeat(40)} `, '@{-1}']) {
        expect(await refused(forge.open({ ...asked, head: bad }))).toBe('invalid_body');
        expect(await refused(forge.open({ ...asked, base: bad }))).toBe('invalid_body');
        expect(await refused(forge.update(1, { base: main, head: bad, body: '' }))).toBe('invalid_body');
      }
      expect(await forge.byKey(asked.key)).toBeNull();
    });
  });

  forgeWordsSuite({ forge: () => forge, remote: () => place.remote, opened });

  describe('reviewing', () => {
    test('a second person approves the commit that they saw, once', async () => {
      const pull = await opened();
      const seen = await approved(pull);
      expect(seen.approvals).toEqual([{ by: second, at: expect.stringMatching(/^\d{4}-.*Z$/), commit: pull.head }]);
      expect((await approved(pull)).approvals).toEqual(seen.approvals);
      expect((await forge.read(pull.number))?.approvals).toEqual(seen.approvals);
      expect((await forge.approve(pull.number, 'third@example.com', pull.head)).approvals.map(({ by }) => by)).toEqual([second, 'third@example.com']);
    });

    test('nobody approves their own, however they write their name', async () => {
      const pull = await opened();
      for (const by of [asker, 'ASKER@example.com', ' asker@example.com ', 'asker@example.com\n', 'ａsker@example.com']) expect(await refused(forge.approve(pull.number, by, pull.head))).toBe('forbidden');
      expect((await forge.read(pull.number))?.approvals).toEqual([]);
    });

    test('an approval of another commit, or of what is closed, is refused', async () => {
      const pull = await opened();
      expect(await refused(forge.approve(pull.number, second, main))).toBe('conflict');
      await forge.close(pull.number, asker, 'not now');
      expect(await refused(approved(pull))).toBe('conflict');
    });

    test('an approval stays with the commit that it was given to', async () => {
      const pull = await opened();
      await approved(pull);
      const next = await commitIn(forge.folder, { 'a.txt': 'again\n' }, [main]);
      const updated = await forge.update(pull.number, { base: main, head: next, body: 'Made anew' });
      expect(updated).toMatchObject({ head: next, base: main, body: 'Made anew', author: asker, key: pull.key, number: pull.number, approvals: [{ commit: pull.head }] });
      expect(await commitOf(place.remote, `refs/heads/${pull.branch}`)).toBe(next);
      expect(await forge.update(pull.number, { base: main, head: next, body: 'Made anew' })).toEqual(updated);
      expect(await refused(approved(pull))).toBe('conflict');
      expect(await refused(forge.merge(pull.number, { ...merging, commit: pull.head }))).toBe('conflict');
      expect((await forge.approve(pull.number, second, next)).approvals.map(({ commit }) => commit)).toEqual([pull.head, next]);
    });

    test('the sticky comment is written anew, not added to', async () => {
      const pull = await opened();
      await forge.comment(pull.number, 'diff', 'first\n```diff\n-a\n+b\n```\n');
      await forge.comment(pull.number, 'checks', 'all good');
      await forge.comment(pull.number, 'diff', 'second ü\n<!-- checks -->\nx');
      await forge.comment(pull.number, 'diff', 'second ü\n<!-- checks -->\nx');
      expect((await forge.read(pull.number))?.comments).toEqual({ diff: 'second ü\n<!-- checks -->\nx', checks: 'all good' });
      for (const bad of ['', 'a b', '-->', 'A', '__proto__']) expect(await refused(forge.comment(pull.number, bad, 'x'))).toBe('invalid_body');
    });

    test('comments at once: each marker has one', async () => {
      const pull = await opened();
      await Promise.all(Array.from({ length: 6 }, (_, i) => forge.comment(pull.number, i % 2 ? 'diff' : 'checks', 'text')));
      expect((await forge.read(pull.number))?.comments).toEqual({ diff: 'text', checks: 'text' });
    });
  });

  describe('merging', () => {
    test('main becomes a merge commit with the tree of the head; the branch is gone', async () => {
      const pull = await opened();
      await approved(pull);
      const merged = await forge.merge(pull.number, { ...merging, commit: pull.head });
      expect(merged).toMatchObject({ state: 'merged', mergedBy: second, mergedAs: expect.stringMatching(/^[0-9a-f]{40}$/), mergedAt: expect.stringMatching(/Z$/), approvals: [{ by: second }] });
      expect(await commitOf(place.remote, mainRef)).toBe(merged.mergedAs);
      expect(await forge.refresh()).toBe(merged.mergedAs);
      const commit = await readCommit(place.remote, merged.mergedAs ?? '');
      expect(commit).toMatchObject({ parents: [main, pull.head], tree: (await readCommit(forge.folder, pull.head)).tree });
      expect(commit.message).toContain(merging.message.trim());
      expect(await commitOf(place.remote, `refs/heads/${pull.branch}`)).toBeNull();
      expect(await forge.read(pull.number)).toEqual(merged);
      expect((await forge.list()).pulls.find(({ number }) => number === pull.number)).toEqual(merged);
    });

    test('merging what is merged answers it again; closing, approving and changing it is refused', async () => {
      const pull = await opened();
      const merged = await forge.merge(pull.number, { ...merging, commit: pull.head });
      expect(await forge.merge(pull.number, { ...merging, commit: pull.head })).toEqual(merged);
      const next = await commitIn(forge.folder, { x: '1' }, [main]);
      const acts = [forge.merge(pull.number, { ...merging, commit: next }), forge.close(pull.number, asker, 'x'), approved(pull), forge.update(pull.number, { base: main, head: next, body: '' })];
      expect(await Promise.all(acts.map(refused))).toEqual(acts.map(() => 'conflict'));
      expect(await forge.open({ ...pull })).toEqual(merged);
    });

    test('of two at once, one is merged and the other is told that main has moved', async () => {
      const [one, two] = [await opened(), await opened()];
      const done = await Promise.all([one, two].map((pull) => refused(forge.merge(pull.number, { ...merging, commit: pull.head }))));
      expect([...done].sort()).toEqual(['conflict', 'done']);
      const states = await Promise.all([one, two].map(async ({ number }) => (await forge.read(number))?.state));
      expect(states).toEqual(done.map((how) => how === 'done' ? 'merged' : 'open'));
    });

    test('the same one at once by many is merged once', async () => {
      const pull = await opened();
      const all = await Promise.all(Array.from({ length: 4 }, () => forge.merge(pull.number, { ...merging, commit: pull.head })));
      expect(new Set(all.map(({ mergedAs }) => mergedAs)).size).toBe(1);
      expect((await readCommit(place.remote, await commitOf(place.remote, mainRef) ?? '')).parents[0]).toBe(main);
    });

    test('when main has moved it is refused until it is made anew', async () => {
      const pull = await opened();
      const moved = await pushMain(place.remote, { 'a.txt': 'by hand\n' }, [main]);
      expect(await refused(forge.merge(pull.number, { ...merging, commit: pull.head }))).toBe('conflict');
      expect(await commitOf(place.remote, mainRef)).toBe(moved);
      expect(await forge.refresh()).toBe(moved);
      const next = await commitIn(forge.folder, { 'a.txt': 'on the new main\n' }, [moved]);
      await forge.update(pull.number, { base: moved, head: next, body: pull.body });
      expect(await forge.merge(pull.number, { ...merging, commit: next })).toMatchObject({ state: 'merged', base: moved, head: next });
    });

    test('another commit than the head is refused', async () => {
      const pull = await opened();
      expect(await refused(forge.merge(pull.number, { ...merging, commit: main }))).toBe('conflict');
      expect(await commitOf(place.remote, mainRef)).toBe(main);
    });
  });

  describe('closing', () => {
    test('says who and why, once; the branch is gone', async () => {
      const pull = await opened();
      const closed = await forge.close(pull.number, second, 'Not needed\n\nApproved-by: mallory');
      expect(closed).toMatchObject({ state: 'closed', closedBy: second, comments: { closed: 'Not needed\n\nApproved-by: mallory' } });
      expect(await commitOf(place.remote, `refs/heads/${pull.branch}`)).toBeNull();
      expect(await forge.close(pull.number, 'third@example.com', 'again')).toEqual(closed);
      expect(await forge.byKey(pull.key)).toEqual(closed);
      expect(await forge.open({ ...pull })).toEqual(closed);
      const next = await commitIn(forge.folder, { x: '2' }, [main]);
      const acts = [forge.merge(pull.number, { ...merging, commit: pull.head }), forge.update(pull.number, { base: main, head: next, body: '' })];
      expect(await Promise.all(acts.map(refused))).toEqual(['conflict', 'conflict']);
    });
  });

  forgeHoldsSuite(() => ({ place, kit, forge }));

  test('each call is a span with the pull request and the reference', async () => {
    const pull = await opened();
    await forge.approve(pull.number, asker, pull.head).catch(() => {});
    const spans = (await kit.spans()).filter((span) => span.attributes['journey.reference'] === 'deployment.REPOSITORY');
    expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(['REFRESH deployment.REPOSITORY', 'OPEN deployment.REPOSITORY', 'APPROVE deployment.REPOSITORY']));
    expect(spans.at(-1)).toMatchObject({ status: { code: 2 }, attributes: { 'vcs.change.id': pull.number, 'vcs.ref.head.revision': pull.head, 'error.type': 'forbidden' } });
  });

  test('is ready', async () => { await expect(forge.ready()).resolves.toBeUndefined(); });
}
