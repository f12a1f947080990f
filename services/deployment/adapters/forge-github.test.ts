import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { commitOf, readCommit, readTreeFile } from '../../kit/git-objects.ts';
import { gitText } from '../../kit/git.ts';
import { connectionTo } from '../../kit/test/connection.ts';
import type { FakePull } from '../test/fake-github-state.ts';
import { startFakeGitHub, type Fault } from '../test/fake-github.ts';
import { commitIn, mainRef, proposalIn, pushMain } from '../test/forge-place.ts';
import { mergeOf, problemOf, second, startGitHubPlace, token, users, type GitHubPlace } from '../test/github-place.ts';
import { openForge, type Forge } from './forge.ts';
import { openGitHubForge } from './forge-github.ts';
import { forgeSuite } from './forge.suite.ts';

describe('GitHub', () => {
  forgeSuite(async () => {
    const base = await mkdtemp(join(tmpdir(), 'journey-test-github-'));
    const fake = await startFakeGitHub(join(base, 'served'), users);
    return {
      remote: fake.folder,
      open: (kit, view, more) => openForge(kit, connectionTo('repository', fake.urlFor(token), 'deployment.REPOSITORY'), { mirror: join(base, `mirror ${view}.git`), ...more }),
      async stop() {
        await fake.close();
        await rm(base, { recursive: true, force: true });
      },
    };
  });
});

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

describe('what GitHub refuses becomes a clear error', () => {
  const pullPath = /\/pulls\/\d+$/;
  const cases: readonly (readonly [string, Omit<Fault, 'method' | 'path'>, object])[] = [
    ['a bad token', { status: 401, body: { message: 'Bad credentials' } }, { code: 'upstream_unavailable', at: 'GitHub', detail: expect.stringContaining('Bad credentials') }],
    ['a missing right', { status: 403, body: { message: 'Resource not accessible by personal access token' } }, { code: 'forbidden', fix: expect.stringContaining('Pull requests') }],
    ['a refused request', { status: 422, body: { message: 'Validation Failed', errors: [{ field: 'x', message: 'is wrong' }, 'really', {}] } }, { code: 'conflict', detail: 'GitHub refuses: Validation Failed: is wrong: really.' }],
    ['a conflict', { status: 409, body: { message: 'Git Repository is empty.' } }, { code: 'conflict' }],
    ['a spent limit, 403', { status: 403, body: { message: 'API rate limit exceeded' }, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600) } }, { code: 'rate_limited', status: 429, headers: { 'retry-after': expect.stringMatching(/^3[0-6]\d\d$/) } }],
    ['a secondary limit', { status: 403, body: { message: 'You have exceeded a secondary rate limit.' }, headers: { 'retry-after': '17' } }, { code: 'rate_limited', headers: { 'retry-after': '17' } }],
    ['a secondary limit without a time', { status: 429, body: { message: 'slow down' } }, { code: 'rate_limited', headers: { 'retry-after': '60' } }],
    ['an outage', { status: 502, body: '<html>Bad gateway</html>' }, { code: 'upstream_unavailable', detail: 'GitHub answered 502.' }],
    ['an outage that talks', { status: 503, body: { message: 'Service unavailable' } }, { code: 'upstream_unavailable', detail: 'GitHub answered 503: Service unavailable.' }],
    ['a move', { status: 301, headers: { location: 'http://127.0.0.1:1/' }, body: {} }, { code: 'upstream_unavailable', detail: expect.stringContaining('has moved') }],
    ['an answer that is none', { status: 200, body: { number: 'one' } }, { code: 'upstream_unavailable', detail: expect.stringContaining('should not') }],
    ['words instead of an answer', { status: 200, body: 'hello' }, { code: 'upstream_unavailable' }],
    ['a connection that breaks', { instead: 'cut' }, { code: 'upstream_unavailable', detail: 'GitHub cannot be reached.' }],
  ];
  test('every status, limit and outage', async () => {
    const pull = await place.opened();
    for (const [what, fault, expected] of cases) {
      place.fake.fail({ method: 'GET', path: pullPath, ...fault });
      expect([what, await problemOf(forge.read(pull.number))]).toMatchObject([what, { name: 'Problem', ...expected }]);
    }
    expect(await forge.read(pull.number)).toEqual(pull);
  });

  test('silence', async () => {
    place.fake.fail({ method: 'GET', path: /\/pulls$/, instead: 'silence' });
    expect(await problemOf(place.view(token, 'mirror.git', 200).list())).toMatchObject({ code: 'upstream_timeout', detail: 'GitHub did not answer within 200 ms.' });
  });

  test('the words of GitHub cannot show the token, and no error does', async () => {
    place.fake.fail({ method: 'GET', path: /\/pulls$/, status: 500, body: { message: `you sent ${token}` } });
    const error = await problemOf(forge.list());
    expect(JSON.stringify([error.detail, error.fix, error.stack, String(error.cause)])).not.toContain(token);
    const lines = JSON.stringify([place.kit.lines, (await place.kit.spans()).map(({ name, attributes, status, events }) => ({ name, attributes, status, events }))]);
    expect(lines).not.toContain(token);
    expect(lines).not.toContain(Buffer.from(`x-access-token:${token}`).toString('base64'));
  });

  test('a repository that is not there, or cannot be seen', async () => {
    const url = place.fake.urlFor(token).replace('repository', 'elsewhere');
    const other = openGitHubForge(place.kit, connectionTo('repository', url, 'deployment.REPOSITORY'), { mirror: join(place.base, 'elsewhere.git') });
    expect(await problemOf(other.list())).toMatchObject({ code: 'not_found', detail: expect.stringContaining('owner/elsewhere') });
    expect(await problemOf(other.refresh())).toMatchObject({ code: 'not_found' });
    expect(await problemOf(other.ready())).toMatchObject({ code: 'not_found' });
  });

  test('a token that is none, and one that may only read', async () => {
    const stranger = place.view('nobody', 'stranger.git');
    expect(await problemOf(stranger.refresh())).toMatchObject({ code: 'upstream_unavailable', detail: expect.stringContaining('does not accept the token') });
    expect(await problemOf(stranger.list())).toMatchObject({ code: 'upstream_unavailable' });
    const reader = place.view('token-that-reads', 'reader.git');
    const from = await reader.refresh();
    expect(await problemOf(reader.open(await proposalIn(reader.folder, from, 'reads')))).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('write') });
    const pull = await place.opened();
    expect((await reader.read(pull.number))?.head).toBe(pull.head);
    expect(await problemOf(reader.comment(pull.number, 'diff', 'x'))).toMatchObject({ code: 'forbidden' });
    expect(await reader.byKey('reads')).toBeNull();
  });

  test('an empty repository says what it waits for', async () => {
    const empty = await startFakeGitHub(join(place.base, 'empty'), users);
    const other = openForge(place.kit, connectionTo('repository', empty.urlFor(token)), { mirror: join(place.base, 'of-empty.git') });
    expect(await problemOf(other.refresh())).toMatchObject({ code: 'unavailable', fix: expect.stringContaining('git push') });
    await empty.close();
  });
});

test('it asks for one version of the API, and sends the token where it belongs only', async () => {
  await forge.list();
  const api = place.fake.heard.filter(({ line }) => line.includes('/api/v3/'));
  expect(new Set(api.map(({ version }) => version))).toEqual(new Set(['2022-11-28']));
  expect(place.fake.heard.filter(({ line }) => line.includes(token))).toEqual([]);
  expect(new Set(place.fake.heard.map(({ authorization = '' }) => authorization.split(' ')[0]?.toLowerCase()))).toEqual(new Set(['token', 'basic']));
});

describe('an answer that is lost', () => {
  test('of the opening: the same key finds it', async () => {
    place.fake.fail({ method: 'POST', path: /\/pulls$/, status: 502, when: 'after' });
    const asked = await proposalIn(forge.folder, main, place.freshKey());
    expect(await problemOf(forge.open(asked))).toMatchObject({ code: 'upstream_unavailable' });
    expect(await forge.open(asked)).toMatchObject({ key: asked.key, head: asked.head });
  });

  test('between branch and pull request: the same key goes on, also with another commit', async () => {
    const asked = await proposalIn(forge.folder, main, place.freshKey());
    place.fake.fail({ method: 'POST', path: /\/pulls$/, status: 500 });
    await problemOf(forge.open(asked));
    expect(await commitOf(place.fake.folder, `refs/heads/change/${asked.key}`)).toBe(asked.head);
    const head = await commitIn(forge.folder, { 'a.txt': 'another\n' }, [main]);
    expect(await forge.open({ ...asked, head })).toMatchObject({ head, base: main });
  });

  test('of the merge: it looks whether it was one', async () => {
    const [one, two] = [await place.opened(), await place.opened()];
    place.fake.fail({ method: 'PUT', path: /\/merge$/, status: 504 });
    expect(await problemOf(forge.merge(two.number, mergeOf(two)))).toMatchObject({ code: 'upstream_unavailable' });
    expect(place.stateOf(two).state).toBe('open');
    place.fake.fail({ method: 'PUT', path: /\/merge$/, instead: 'cut', when: 'after' });
    expect(await forge.merge(one.number, mergeOf(one))).toMatchObject({ state: 'merged', mergedBy: second, mergedAs: await commitOf(place.fake.folder, mainRef) });
  });
});

describe('merging', () => {
  test('says for whom the token merges, in the commit', async () => {
    const [one, two] = [await place.opened(), await place.opened()];
    const merged = await forge.merge(one.number, { by: second, commit: one.head, message: 'Only a title' });
    expect((await readCommit(place.fake.folder, merged.mergedAs ?? '')).message.trim()).toBe(`Only a title\n\nMerged-by: ${second}`);
    expect(await problemOf(forge.merge(two.number, mergeOf(two)))).toMatchObject({ code: 'conflict', fix: expect.stringContaining('made anew') });
  });

  test('when main moves in the same moment, the mixture is reported', async () => {
    const pull = await place.opened();
    // The forge is told of the old main; then GitHub merges into the new one.
    place.fake.fail({ method: 'GET', path: /\/git\/ref\/heads%2Fmain$/, status: 200, body: { object: { sha: main } }, when: 'after' });
    const same = (await readTreeFile(place.fake.folder, main, 'a.txt'))?.toString() ?? '';
    const moved = await pushMain(place.fake.folder, { 'a.txt': same, 'b.txt': 'by hand\n' }, [main]);
    expect(await forge.merge(pull.number, mergeOf(pull))).toMatchObject({ state: 'merged' });
    expect(place.kit.lines.at(-1)).toMatchObject({ level: 'warn', message: expect.stringContaining('mixture'), parents: [moved, pull.head] });
  });
});

test('many reviews and comments come in pages', async () => {
  const pull = await place.opened();
  for (let i = 0; i < 130; i += 1) place.stateOf(pull).comments.push({ id: i, user: 'octocat', body: 'chatter' });
  await forge.comment(pull.number, 'diff', 'first');
  await forge.comment(pull.number, 'diff', 'second');
  expect(place.stateOf(pull).comments.filter((one) => one.user === 'journey-bot')).toMatchObject([{ body: '<!-- diff -->\nsecond' }]);
});

test('a list asks again only for what has changed', async () => {
  const pull = await place.opened();
  for (const one of place.fake.state.pulls) one.updatedAt = '2024-01-01T00:00:00Z';
  await forge.list();
  const before = place.fake.heard.length;
  const { pulls: list } = await forge.list();
  expect(place.fake.heard.length - before).toBe(2);
  place.stateOf(pull).updatedAt = '2024-01-02T00:00:00Z';
  place.stateOf(pull).title = 'Renamed';
  expect((await forge.list()).pulls.find(({ number }) => number === pull.number)?.title).toBe('Renamed');
  expect(list.find(({ number }) => number === pull.number)?.title).toBe(pull.title);
});

test('one that waits is listed before the 50 that ended last', async () => {
  const pull = await place.opened();
  const { state } = place.fake;
  const at = '2024-01-01T00:00:00Z';
  const ended = Array.from({ length: 60 }, (_, i) => ({ ...place.stateOf(pull), number: pull.number + 1 + i, state: 'closed' as const, branch: `gone-${i}`, updatedAt: at, reviews: [], comments: [] }));
  state.pulls.push(...ended);
  const { pulls: list } = await forge.list();
  state.pulls.splice(state.pulls.indexOf(ended[0] as FakePull));
  expect(list.filter((one) => one.state === 'open').map(({ number }) => number)).toContain(pull.number);
  expect(list.slice(-50).map(({ number }) => number)).toEqual(ended.map(({ number }) => number).toReversed().slice(0, 50));
});

test('open ones are counted over all pages, those of forks apart', async () => {
  const pull = await place.opened();
  const { state } = place.fake;
  const [few, before] = [place.view(token, 'few.git', 10_000, 1), state.pulls.length];
  const { unlisted } = await few.list();
  state.pulls.push(...Array.from({ length: 230 }, (_, i) => ({ ...place.stateOf(pull), number: pull.number + 1 + i, fork: i % 10 === 0 })));
  const more = await few.list();
  state.pulls.splice(before);
  expect([more.unlisted - unlisted, more.pulls.filter((one) => one.state === 'open').map(({ number }) => number)]).toEqual([207, [pull.number + 230]]);
});

test('the mirror may be lost: everything is fetched again, also of branches that are gone', async () => {
  const pull = await place.opened();
  await forge.close(pull.number, second, 'no');
  const fresh = place.view(token, 'fresh.git');
  expect(await fresh.read(pull.number)).toMatchObject({ state: 'closed', head: pull.head });
  expect(await gitText(fresh.folder, ['cat-file', '-t', pull.head])).toBe('commit');
  expect(await fresh.refresh()).toBe(main);
});

test.each([
  'https://github.com/owner/repository', 'https://t@github.com/owner', 'https://t@github.com/', 'https://t@github.com/owner/repository/tree/main', 'https://t@github.com/owner/..', 'https://t@github.com/ow%20ner/x',
  'https://t@github.com/owner/x?y', 'https://t%0a@github.com/owner/x', 'https://t@github.com/-x/y',
])('%s names no repository with a token', (url) => {
  const open = () => openForge(place.kit, connectionTo('repository', url), { mirror: join(place.base, 'never.git') });
  expect(open).toThrow(/Use https:\/\/<token>@github\.com/);
  expect(open).not.toThrow(url);
});

test('a forge that no adapter speaks is refused', () => {
  expect(() => openForge(place.kit, connectionTo('repository', 'ssh://git@github.com/a/b'), { mirror: '' })).toThrow(/no forge speaks "ssh:"/);
});

test('over http to another machine it says that the token can be read', () => {
  const open = (url: string) => openForge(place.kit, connectionTo('repository', url, 'deployment.REPOSITORY'), { mirror: '/nonexistent' });
  open('http://t@127.0.0.1:1/owner/repository');
  const before = place.kit.lines.length;
  open('http://t@github.example/owner/repository');
  expect(place.kit.lines.slice(before)).toMatchObject([{ level: 'warn', message: expect.stringContaining('Use https') }]);
});
