import { trailersOf } from '../../kit/git-message.ts';
import { commitOf, readCommit } from '../../kit/git-objects.ts';
import { asComments, asIssue, asPull, asPulls, asReviews, type PullAnswer } from './forge-github-answers.ts';
import { statusOf, type Client, type GitHub, type Route } from './forge-github-api.ts';
import { aboutOf, approvalsOf, commentsOf, pullMarker, type About } from './forge-github-words.ts';
import { unknownPull } from './forge-input.ts';
import { openFirst, type Shown } from './forge-list.ts';
import type { Mirror } from './forge-mirror.ts';
import type { Pull } from './forge-port.ts';

export const prefix = 'change/';
/** The trailer that says for whom our token has merged: GitHub itself only knows the token. */
export const mergedBy = 'Merged-by';
/** Most reviews and comments that are read of one pull request, and most open ones that are counted, in pages of 100. */
const MOST_PAGES = 10;

/** A pull request with what only GitHub knows about it. */
export interface Seen {
  readonly pull: Pull;
  /** Whether our own token has opened it. */
  readonly ours: boolean;
  readonly comments: ReturnType<typeof commentsOf>;
}

interface Listed { readonly number: number; readonly updatedAt: string }

/** Reads pull requests from main's repository; those of forks are no changes of ours, and left out. */
export function readPulls(github: GitHub, mirror: Mirror, folder: string) {
  const details = async (number: number): Promise<Seen | null> => {
    const me = await github.me();
    const answers = await github.ask(async (client, at) => {
      const one = { ...at, pull_number: number };
      try {
        const data = asPull((await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', one)).data);
        if (data.head.repo?.full_name !== data.base.repo.full_name || data.base.ref !== 'main') return null;
        const [reviews, comments] = await Promise.all([
          pages(client, 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', one).then(asReviews),
          pages(client, 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...at, issue_number: number }).then(asComments),
        ]);
        const issue = data.state === 'open' || data.merged_at !== null ? undefined : await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}', { ...at, issue_number: number });
        const closer = issue && asIssue(issue.data).closed_by?.login;
        return { data, reviews, comments, closer };
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    });
    if (answers === null) return null;
    const { data, reviews, closer } = answers;
    const comments = commentsOf(answers.comments, me);
    const ours = data.user?.login === me;
    // A fresh mirror lacks the commits of branches that are gone.
    if (await commitOf(folder, data.head.sha) === null) await mirror.fetchPull(number);
    const pull = pullOf(data, ours ? aboutOf(data.body) : null);
    return {
      ours, comments,
      pull: {
        ...pull, approvals: approvalsOf(reviews, me), comments: Object.fromEntries([...comments].map(([marker, { text }]) => [marker, text])),
        ...(pull.state === 'merged' ? await mergeOf(data, me) : {}),
        ...(pull.state === 'closed' ? closedBy(comments.get('closed')?.about.by ?? closer) : {}),
      },
    };
  };

  /** Who has merged, as the merge commit says when it was our token. */
  async function mergeOf(data: PullAnswer, me: string) {
    const as = data.merge_commit_sha ?? '';
    const there = async () => readCommit(folder, as).catch(() => null);
    let commit = await there();
    if (commit === null) {
      await mirror.fetch();
      commit = await there();
    }
    const person = data.merged_by?.login === me ? trailersOf(commit?.message ?? '')[mergedBy] : undefined;
    return { mergedAs: as, mergedBy: person ?? data.merged_by?.login ?? 'unknown', mergedAt: new Date(data.merged_at ?? 0).toISOString() };
  }

  return {
    find: details,
    async get(number: number): Promise<Seen> {
      const seen = await details(number);
      if (seen === null) throw unknownPull(number);
      return seen;
    },
    /** The one of this key, whatever has become of it. */
    async numberOf(key: string): Promise<number | null> {
      const [found] = await github.ask(async (client, at) => asPulls((await client.request('GET /repos/{owner}/{repo}/pulls', {
        ...at, state: 'all', base: 'main', head: `${at.owner}:${prefix}${key}`, sort: 'created', direction: 'asc', per_page: 1,
      })).data));
      return found === undefined ? null : found.number;
    },
    /** Numbers and times of the last change: of the open ones, then of those that have ended, each newest first. */
    async newest(mostOpen?: number): Promise<Shown<Listed>> {
      const some = (state: 'open' | 'closed', most: number) => github.ask(async (client, at) => asPulls(await pages(client, 'GET /repos/{owner}/{repo}/pulls', { ...at, state, base: 'main', sort: 'created', direction: 'desc' }, most))
        .filter((one) => one.head.repo?.full_name === one.base.repo.full_name).map((one) => ({ number: one.number, updatedAt: one.updated_at })));
      // Counted to the end: what is not listed is told.
      const open = await some('open', MOST_PAGES);
      // Asked after that: one that is closed in between is found twice rather than never.
      const ended = await some('closed', 1);
      return openFirst(open.filter(({ number }) => !ended.some((one) => one.number === number)), ended, mostOpen);
    },
  };
}

/** Of a pull request that somebody opened on GitHub, the branch is the key, and the author their login. */
function pullOf(data: PullAnswer, ours: ReturnType<typeof aboutOf>): Pull {
  const about: About = ours?.marker === pullMarker ? ours.about : {};
  const state = data.merged_at !== null ? 'merged' : data.state === 'closed' ? 'closed' : 'open';
  return {
    number: data.number, state, title: data.title, body: (ours === null ? data.body ?? '' : ours.text).replaceAll('\r\n', '\n'), url: data.html_url,
    key: about.key ?? data.head.ref, author: about.author ?? data.user?.login ?? 'unknown', branch: data.head.ref, head: data.head.sha,
    // What we have written about it counts as long as nobody has pushed to its branch.
    base: about.head === data.head.sha && about.base !== undefined ? about.base : data.base.sha,
    openedAt: new Date(data.created_at).toISOString(), approvals: [], comments: {},
  };
}

const closedBy = (by: string | undefined) => by === undefined ? {} : { closedBy: by };

/** All pages, as long as `link` names a next one (docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api). */
async function pages(client: Client, route: Route, parameters: Readonly<Record<string, string | number>>, most = MOST_PAGES): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (let page = 1; page <= most; page += 1) {
    const { data, headers } = await client.request(route, { ...parameters, per_page: 100, page });
    all.push(...(Array.isArray(data) ? data : [data]));
    if (headers.link?.includes('rel="next"') !== true) break;
  }
  return all;
}
