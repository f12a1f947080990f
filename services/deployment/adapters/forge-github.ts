import type { Connection } from '../../kit/contract.ts';
import { readable, trailersOf } from '../../kit/git-message.ts';
import { readCommit } from '../../kit/git-objects.ts';
import { HOLDS_REF } from '../../kit/holds.ts';
import type { Kit } from '../../kit/kit.ts';
import { Problem, problem } from '../../kit/problem.ts';
import { asMerge, asPull, asRef } from './forge-github-answers.ts';
import { openGitHub, saidBy, statusOf } from './forge-github-api.ts';
import { mergedBy, prefix, readPulls, type Seen } from './forge-github-pulls.ts';
import { repositoryOf } from './forge-github-url.ts';
import { approvalText, pullMarker, withAbout, type About } from './forge-github-words.ts';
import { asCommit, asMarker, asNewPull, asPerson, asText, assertApprovable, assertMergeable, assertOnTop, conflict, samePerson } from './forge-input.ts';
import { openHolds } from './holds.ts';
import { openMirror } from './forge-mirror.ts';
import type { Forge, NewPull, Pull, PullList } from './forge-port.ts';
import { asForgeProblem, forgeSpans } from './forge-span.ts';
import { openTurns } from './forge-turns.ts';

export interface GitHubOptions {
  readonly mirror: string;
  /** For one request to the API. @default 10000 */
  readonly timeoutMs?: number;
  /** Open pull requests that are listed. @default 100 */
  readonly mostOpen?: number;
}

const TRIES = 8;
/** What GitHub says about a change may be this old and still be followed by another one in the same second. */
const SETTLED_MS = 10_000;

/**
 * Pull requests on GitHub, by its REST API; commits travel by git, so that they keep their ids. What GitHub has no field for
 * (the key, the person who asked, who approved through us) stands in the texts that our token writes (decision 18).
 */
export function openGitHubForge(kit: Kit, connection: Connection<'repository'>, { mirror: folder, timeoutMs = 10_000, mostOpen }: GitHubOptions): Forge {
  const { reference } = connection;
  const repository = repositoryOf(connection);
  if (repository.over === 'http' && !isLoopback(repository.git)) kit.log.warn(`${reference} is read over http: everybody on the way can read the token. Use https.`);
  const github = openGitHub(repository, timeoutMs);
  const mirror = openMirror(folder, repository);
  const pulls = readPulls(github, mirror, folder);
  const traced = forgeSpans(reference, 'github');
  const inTurn = openTurns();
  const listed = new Map<number, { readonly updatedAt: string; readonly pull: Pull }>();

  const tipOf = (branch: string) => github.ask(async (client, at) => {
    try {
      return asRef((await client.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...at, ref: `heads/${branch}` })).data).object.sha;
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  });

  /** Everything in it may be repeated: the branch by its lease, the pull request by its branch. */
  async function open(pull: NewPull): Promise<Pull> {
    const branch = `${prefix}${pull.key}`;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const number = await pulls.numberOf(pull.key);
      if (number !== null) return (await pulls.get(number)).pull;
      await assertOnTop(folder, pull.base, pull.head);
      const tip = await tipOf(branch);
      if (tip !== pull.head && !await mirror.push(`refs/heads/${branch}`, pull.head, tip)) continue;
      const made = await github.ask(async (client, at) => {
        try {
          return asPull((await client.request('POST /repos/{owner}/{repo}/pulls', { ...at, base: 'main', head: branch, title: pull.title, body: bodyOf(pull), maintainer_can_modify: false })).data).number;
        } catch (error) {
          if (statusOf(error) === 422 && /already exists/.test(saidBy(error))) return null;
          throw error;
        }
      });
      if (made !== null) return (await pulls.get(made)).pull;
    }
    throw problem('unavailable', `The branch ${branch} is being changed by others all the time.`);
  }

  async function update(number: number, { base, head, body }: { readonly base: string; readonly head: string; readonly body: string }): Promise<Pull> {
    const { pull, ours } = await pulls.get(number);
    if (pull.state !== 'open') throw conflict(number, `is ${pull.state}`);
    await assertOnTop(folder, base, head);
    if (pull.base === base && pull.head === head && pull.body === body) return pull;
    if (pull.head !== head && !await mirror.push(`refs/heads/${pull.branch}`, head, pull.head)) throw conflict(number, 'was changed by somebody else at the same moment');
    // Somebody else's text stays somebody else's.
    const text = ours ? bodyOf({ ...pull, base, head, body }) : body;
    await github.ask((client, at) => client.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { ...at, pull_number: number, body: text }));
    return { ...(await pulls.get(number)).pull, base, head };
  }

  async function comment(number: number, marker: string, text: string, about: About = {}): Promise<void> {
    const before = (await pulls.get(number)).comments.get(marker);
    const body = withAbout(marker, about, text);
    if (before?.text === text) return;
    await github.ask((client, at) => before === undefined
      ? client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...at, issue_number: number, body })
      : client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...at, comment_id: before.id, body }));
  }

  async function approve(number: number, by: string, commit: string): Promise<Pull> {
    const { pull, ours } = await pulls.get(number);
    assertApprovable(pull, by, commit);
    if (pull.approvals.some((one) => samePerson(one.by, by) && one.commit === commit)) return pull;
    // GitHub lets nobody approve what their own token has opened. There the review only says who has approved here.
    const event = ours ? 'COMMENT' : 'APPROVE';
    await github.ask((client, at) => client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', { ...at, pull_number: number, commit_id: commit, event, body: approvalText(by) }));
    return (await pulls.get(number)).pull;
  }

  /** GitHub compares the head, not main: main is compared just before. Rules of the branch ("up to date before merging") close that gap. */
  async function merge(number: number, { by, commit, message }: { readonly by: string; readonly commit: string; readonly message: string }): Promise<Pull> {
    const { pull } = await pulls.get(number);
    assertMergeable(pull, commit, await tipOf('main'));
    if (pull.state === 'merged') return pull;
    const [title, ...rest] = withTrailer(message, by).split('\n');
    const merged = await github.ask(async (client, at) => asMerge((await client.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {
      ...at, pull_number: number, sha: commit, merge_method: 'merge', commit_title: title ?? '', commit_message: rest.join('\n').trim(),
    })).data).sha).catch(async (error: unknown) => {
      const after = await afterwards(number, error);
      return after.pull.mergedAs ?? '';
    });
    await mirror.fetch();
    const parents = (await readCommit(folder, merged)).parents;
    if (parents[0] !== pull.base) kit.log.warn('main moved while it was merged: the result is a mixture that nobody has looked at', { number, merged, base: pull.base, parents });
    await remove(pull.branch);
    const after = (await pulls.get(number)).pull;
    return after.state === 'merged' ? after : { ...after, state: 'merged', mergedAs: merged, mergedBy: by, mergedAt: new Date().toISOString() };
  }

  /** An answer that was lost may have been a yes. */
  async function afterwards(number: number, error: unknown): Promise<Seen> {
    const lost = error instanceof Problem && (error.code === 'upstream_timeout' || error.code === 'upstream_unavailable');
    const seen = lost ? await pulls.find(number).catch(() => null) : null;
    if (seen?.pull.state !== 'merged') throw error;
    return seen;
  }

  async function close(number: number, by: string, reason: string): Promise<Pull> {
    const { pull } = await pulls.get(number);
    if (pull.state === 'merged') throw conflict(number, 'is merged');
    if (pull.state === 'closed') return pull;
    await comment(number, 'closed', reason, { by });
    await github.ask((client, at) => client.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { ...at, pull_number: number, state: 'closed' }));
    await remove(pull.branch);
    return (await pulls.get(number)).pull;
  }

  /** A repository may do that by itself; one that stays does no harm. */
  async function remove(branch: string): Promise<void> {
    if (!branch.startsWith(prefix)) return;
    await github.ask((client, at) => client.request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', { ...at, ref: `heads/${branch}` })).catch((error: unknown) => {
      if (!(error instanceof Problem && (error.code === 'conflict' || error.code === 'not_found'))) kit.log.warn('the branch of a pull request could not be removed', { branch, error });
    });
  }

  /** Three requests for each that has changed since, none for the others. */
  async function list(): Promise<PullList> {
    const { shown: newest, unlisted } = await pulls.newest(mostOpen);
    const found: (Pull | undefined)[] = [];
    const waiting = [...newest.entries()];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [i, { number, updatedAt }] = next;
        const kept = listed.get(number);
        const pull = kept?.updatedAt === updatedAt ? kept.pull : (await pulls.find(number))?.pull;
        if (pull !== undefined && Date.now() - Date.parse(updatedAt) > SETTLED_MS) listed.set(number, { updatedAt, pull });
        found[i] = pull;
      }
    };
    await Promise.all(Array.from({ length: 6 }, work));
    for (const number of listed.keys()) if (!newest.some((one) => one.number === number)) listed.delete(number);
    return { pulls: found.flatMap((pull) => pull ?? []), unlisted };
  }

  const turn = (number: number, fn: () => Promise<Pull>) => inTurn(`#${number}`, fn);
  return {
    name: 'GitHub', folder,
    refresh: () => traced('REFRESH', {}, async () => {
      const tip = await mirror.fetch();
      if (tip === null) throw problem('unavailable', `The repository ${reference} has no commit on main yet.`, { fix: 'Push the first one: git push <the repository> HEAD:main.' });
      return tip;
    }),
    open: async (pull) => {
      const asked = asNewPull(pull);
      return traced('OPEN', { 'vcs.ref.head.revision': asked.head, 'vcs.ref.base.revision': asked.base }, () => inTurn(asked.key, () => open(asked)));
    },
    update: (number, { base, head, body }) => traced('UPDATE', { 'vcs.change.id': number, 'vcs.ref.head.revision': head }, async () => {
      const next = { base: asCommit(base), head: asCommit(head), body: asText(body) };
      return turn(number, () => update(number, next));
    }),
    read: (number) => traced('READ', { 'vcs.change.id': number }, async () => (await pulls.find(number))?.pull ?? null),
    list: () => traced('LIST', {}, list),
    byKey: (key) => traced('READ', { 'vcs.change.key': key }, async () => {
      const number = await pulls.numberOf(key);
      return number === null ? null : (await pulls.find(number))?.pull ?? null;
    }),
    comment: (number, marker, text) => traced('COMMENT', { 'vcs.change.id': number }, async () => {
      const [key, value] = [asMarker(marker), asText(text)];
      await inTurn(`#${number}`, () => comment(number, key, value));
    }),
    approve: (number, by, commit) => traced('APPROVE', { 'vcs.change.id': number, 'vcs.ref.head.revision': commit }, async () => {
      const person = asPerson(by);
      return turn(number, () => approve(number, person, commit));
    }),
    // One merge at a time, whichever it is: the second one sees what the first has made of main.
    merge: (number, { by, commit, message }) => traced('MERGE', { 'vcs.change.id': number, 'vcs.ref.head.revision': commit }, async () => {
      const asked = { by: asPerson(by), commit, message: readable(message) };
      return inTurn('main', () => turn(number, () => merge(number, asked)));
    }),
    close: (number, by, reason) => traced('CLOSE', { 'vcs.change.id': number }, async () => {
      const [person, why] = [asPerson(by), asText(reason)];
      return turn(number, () => close(number, person, why));
    }),
    holds: openHolds({
      folder,
      tip: () => traced('READ HOLDS', {}, () => mirror.fetchHolds()),
      move: (from, to) => traced('HOLD', { 'vcs.ref.head.revision': to }, () => mirror.push(HOLDS_REF, to, from)),
    }),
    ready: () => github.ask((client, at) => client.request('GET /repos/{owner}/{repo}', at)).then(() => {}, (error: unknown) => { throw asForgeProblem(reference, error); }),
    async stop() {},
  };
}

const isLoopback = (url: string) => /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(new URL(url).hostname);
const bodyOf = ({ key, author, base, head, body }: Pick<NewPull, 'key' | 'author' | 'base' | 'head' | 'body'>) => withAbout(pullMarker, { key, author, base, head }, body);

/** Says for whom the token merges, among the trailers that are there. */
function withTrailer(message: string, by: string): string {
  const trailers = trailersOf(message);
  if (Object.hasOwn(trailers, mergedBy)) return message;
  return `${message.trimEnd()}\n${Object.keys(trailers).length === 0 ? '\n' : ''}${mergedBy}: ${by}\n`;
}
