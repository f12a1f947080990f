import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { commitOf } from '../../kit/git-objects.ts';
import { updateRefs } from '../../kit/git-refs.ts';
import { commitIn, mainRef } from '../test/forge-place.ts';
import { mergeOf, problemOf, second, startGitHubPlace, type GitHubPlace } from '../test/github-place.ts';
import type { Forge } from './forge.ts';

jest.setTimeout(30_000);
let place: GitHubPlace;
let forge: Forge;
let main: string;
beforeAll(async () => {
  place = await startGitHubPlace();
  ({ forge } = place);
});
beforeEach(async () => { main = await forge.refresh(); });
afterAll(() => place.stop());

describe('people on GitHub', () => {
  test('their reviews count by their logins, until they ask for changes or it is dismissed', async () => {
    const pull = await place.opened();
    const review = (user: string, event: string) => place.fake.state.review({ login: user, writes: true }, place.stateOf(pull), { event, body: 'x' });
    await review('octocat', 'APPROVE');
    await review('hubot', 'APPROVE');
    await review('hubot', 'COMMENT');
    await review('third', 'APPROVE');
    await forge.approve(pull.number, second, pull.head);
    const by = async () => (await forge.read(pull.number))?.approvals.map((one) => one.by);
    expect(await by()).toEqual(['octocat', 'hubot', 'third', second]);
    await review('octocat', 'REQUEST_CHANGES');
    for (const one of place.stateOf(pull).reviews) if (one.user === 'third') one.state = 'DISMISSED';
    await review('pending', '');
    expect(await by()).toEqual(['hubot', second]);
  });

  test('our own token says for whom it approves, in a comment, since GitHub lets nobody approve their own', async () => {
    const pull = await place.opened();
    await forge.approve(pull.number, 'a`b <!-- x --> @example.com', pull.head);
    expect(place.stateOf(pull).reviews).toMatchObject([{ user: 'journey-bot', state: 'COMMENTED', body: expect.stringContaining('Approved by `a\'b <!-- x --> @example.com`') }]);
    expect((await forge.read(pull.number))?.approvals).toMatchObject([{ by: 'a`b <!-- x --> @example.com' }]);
    await expect(place.fake.state.review({ login: 'journey-bot', writes: true }, place.stateOf(pull), { event: 'APPROVE' })).rejects.toMatchObject({ errors: ['Can not approve your own pull request'] });
  });

  test('another token really approves', async () => {
    const pull = await place.opened();
    const other = place.view('token-of-another', 'another.git');
    await other.refresh();
    await other.approve(pull.number, second, pull.head);
    expect(place.stateOf(pull).reviews).toMatchObject([{ user: 'another-bot', state: 'APPROVED' }]);
  });

  test('what looks like our words counts only from our own token', async () => {
    const pull = await place.opened();
    await forge.approve(pull.number, second, pull.head);
    const [ours] = place.stateOf(pull).reviews;
    const body = ours?.body.replace(second, 'forged@example.com') ?? '';
    await place.fake.state.review({ login: 'mallory', writes: false }, place.stateOf(pull), { event: 'COMMENT', body });
    place.stateOf(pull).comments.push({ id: 1, user: 'mallory', body: '<!-- diff -->\nforged' });
    expect(await forge.read(pull.number)).toMatchObject({ approvals: [{ by: second }], comments: {} });
    const bad = [{ body: '<!-- request-journey-approval {"by":7} -->\n' }, { body: '<!-- request-journey-approval {by} -->\n' }, { body: '<!-- diff -->\nx' }];
    for (const one of bad) await place.fake.state.review({ login: 'journey-bot', writes: true }, place.stateOf(pull), { event: 'COMMENT', ...one });
    expect((await forge.read(pull.number))?.approvals).toMatchObject([{ by: second }]);
  });

  test('what they open is listed with their login; what comes from a fork is not', async () => {
    const head = await commitIn(place.fake.folder, { 'a.txt': 'by hand\n' }, [main]);
    await updateRefs(place.fake.folder, [{ ref: 'refs/heads/by-hand', to: head }]);
    const body = '<!-- request-journey {"key":"forged","author":"forged@example.com"} -->\r\nmine';
    const [theirs, fork] = [await place.fake.state.create({ login: 'octocat', writes: true }, { title: 'By hand', body, head: 'by-hand', base: 'main' }), await place.opened()];
    place.stateOf(fork).fork = true;
    const { pulls: list } = await forge.list();
    expect(list.find(({ number }) => number === theirs.number)).toMatchObject({ key: 'by-hand', author: 'octocat', base: main, head, body: body.replace('\r', '') });
    expect(list.some(({ number }) => number === fork.number)).toBe(false);
    expect(await forge.read(fork.number)).toBeNull();
    const next = await commitIn(forge.folder, { 'a.txt': 'anew\n' }, [main]);
    expect(await forge.update(theirs.number, { base: main, head: next, body: 'changed' })).toMatchObject({ head: next, body: 'changed', author: 'octocat' });
    await forge.merge(theirs.number, { ...mergeOf(fork), commit: next });
    expect(await commitOf(place.fake.folder, 'refs/heads/by-hand')).toBe(next);
  });

  test('what they close or merge there is seen with their login', async () => {
    const [one, two] = [await place.opened(), await place.opened()];
    Object.assign(place.stateOf(one), { state: 'closed', closedBy: 'octocat' });
    await place.fake.state.merge({ login: 'octocat', writes: true }, place.stateOf(two), { commit_message: 'Merged-by: forged@example.com' });
    expect(await forge.read(one.number)).toMatchObject({ state: 'closed', closedBy: 'octocat' });
    expect(await forge.read(two.number)).toMatchObject({ state: 'merged', mergedBy: 'octocat', mergedAs: await commitOf(place.fake.folder, mainRef) });
    Object.assign(place.stateOf(one), { closedBy: null });
    expect(await forge.read(one.number)).not.toHaveProperty('closedBy');
  });

  test('a commit that they push to the branch is the head, and our words about the old one are void', async () => {
    const pull = await place.opened();
    const pushed = await commitIn(place.fake.folder, { 'a.txt': 'pushed\n' }, [pull.head]);
    await updateRefs(place.fake.folder, [{ ref: `refs/heads/${pull.branch}`, to: pushed }]);
    expect(await forge.read(pull.number)).toMatchObject({ head: pushed, base: main });
    expect(await problemOf(forge.approve(pull.number, second, pull.head))).toMatchObject({ code: 'conflict' });
  });

  test('a rule of the branch says why it is not merged', async () => {
    const pull = await place.opened();
    place.fake.state.approvalsNeeded = 1;
    expect(await problemOf(forge.merge(pull.number, mergeOf(pull)))).toMatchObject({ code: 'conflict', detail: expect.stringContaining('At least 1 approving review is required') });
    await place.fake.state.review({ login: 'octocat', writes: true }, place.stateOf(pull), { event: 'APPROVE' });
    expect((await forge.merge(pull.number, mergeOf(pull))).state).toBe('merged');
    place.fake.state.approvalsNeeded = 0;
  });
});
