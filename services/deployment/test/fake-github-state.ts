import { commitOf, isAncestor, writeCommit } from '../../kit/git-objects.ts';
import { listRefs, updateRefs } from '../../kit/git-refs.ts';
import { runGit } from '../../kit/git.ts';
import { mainRef } from './forge-place.ts';

export interface FakeUser { readonly login: string; readonly writes: boolean }
export interface FakeReview { id: number; user: string; body: string; state: string; commit: string; at: string }
export interface FakeComment { id: number; user: string; body: string }
export interface FakePull {
  number: number; title: string; body: string | null; state: 'open' | 'closed'; user: string; branch: string; head: string; base: string; fork: boolean;
  createdAt: string; updatedAt: string; mergedAt: string | null; mergedAs: string | null; mergedBy: string | null; closedBy: string | null;
  readonly reviews: FakeReview[]; readonly comments: FakeComment[];
}
/** Thrown by an action; becomes the answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly unknown[];
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, message: string, errors: readonly unknown[] = [], headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

/** What GitHub keeps beside git: pull requests, reviews, comments. Branches are those of the bare repository. */
export class FakeState {
  readonly pulls: FakePull[] = [];
  /** Approvals by others that main wants before a merge (branch protection). */
  approvalsNeeded = 0;
  readonly folder: string;
  #ids = 1000;
  #followed = '';
  constructor(folder: string) {
    this.folder = folder;
  }

  /** GitHub's times have whole seconds. */
  now(): string {
    return `${new Date().toISOString().slice(0, 19)}Z`;
  }
  id(): number {
    this.#ids += 1;
    return this.#ids;
  }
  pull(number: number): FakePull {
    const pull = this.pulls.find((one) => one.number === number);
    if (pull === undefined) throw new Refusal(404, 'Not Found');
    return pull;
  }

  /** Follows what was pushed: heads move with their branches, and a head that main holds is merged. */
  async follow(): Promise<void> {
    const refs = await listRefs(this.folder, 'refs/heads/');
    const seen = JSON.stringify([...refs]);
    if (seen === this.#followed) return;
    this.#followed = seen;
    const main = refs.get(mainRef);
    for (const pull of this.pulls) {
      if (pull.state !== 'open' || pull.fork) continue;
      const tip = refs.get(`refs/heads/${pull.branch}`);
      if (tip !== undefined && tip !== pull.head) {
        Object.assign(pull, { head: tip, updatedAt: this.now() });
        await this.keepHead(pull);
      }
      if (main !== undefined && await isAncestor(this.folder, pull.head, main)) Object.assign(pull, { state: 'closed', mergedAt: this.now(), mergedAs: main, mergedBy: pull.user });
    }
  }
  keepHead(pull: FakePull): Promise<boolean> {
    return updateRefs(this.folder, [{ ref: `refs/pull/${pull.number}/head`, to: pull.head }]);
  }

  async create(user: FakeUser, { title, body, head, base }: { readonly title: string; readonly body: string | null; readonly head: string; readonly base: string }): Promise<FakePull> {
    const [tip, main] = [await commitOf(this.folder, `refs/heads/${head}`), await commitOf(this.folder, `refs/heads/${base}`)];
    const wrong = (error: object) => new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', ...error }]);
    if (tip === null) throw wrong({ field: 'head', code: 'invalid' });
    if (main === null) throw wrong({ field: 'base', code: 'invalid' });
    const nothing = tip === main || await isAncestor(this.folder, tip, main);
    // Nothing is awaited from here to where it is kept: of two at once the second finds the first.
    if (this.pulls.some((pull) => pull.branch === head && pull.state === 'open')) throw wrong({ code: 'custom', message: `A pull request already exists for owner:${head}.` });
    if (nothing) throw wrong({ code: 'custom', message: `No commits between ${base} and ${head}` });
    if ([...body ?? ''].length > 65_536) throw wrong({ field: 'body', code: 'custom', message: 'body is too long (maximum is 65536 characters)' });
    const at = this.now();
    const pull: FakePull = {
      number: Math.max(0, ...this.pulls.map((one) => one.number)) + 1, title: title.trim(), body, state: 'open', user: user.login, branch: head, head: tip, base: main, fork: false,
      createdAt: at, updatedAt: at, mergedAt: null, mergedAs: null, mergedBy: null, closedBy: null, reviews: [], comments: [],
    };
    this.pulls.push(pull);
    await this.keepHead(pull);
    return pull;
  }

  async review(user: FakeUser, pull: FakePull, { event, body = '', commit_id: commit = pull.head }: { readonly event?: string; readonly body?: string; readonly commit_id?: string }): Promise<FakeReview> {
    const no = (message: string) => new Refusal(422, 'Unprocessable Entity', [message]);
    if (event === 'APPROVE' && user.login === pull.user) throw no('Can not approve your own pull request');
    if (event === 'COMMENT' && body === '') throw no('Body can\'t be blank');
    if (await commitOf(this.folder, commit) === null) throw no('commit_id is not part of the pull request');
    const state = { APPROVE: 'APPROVED', COMMENT: 'COMMENTED', REQUEST_CHANGES: 'CHANGES_REQUESTED' }[event ?? ''] ?? 'PENDING';
    const review: FakeReview = { id: this.id(), user: user.login, body, state, commit, at: this.now() };
    pull.reviews.push(review);
    pull.updatedAt = review.at;
    return review;
  }

  /** Merges as GitHub does: three-way into whatever main is now, unless the head is another one. */
  async merge(user: FakeUser, pull: FakePull, { sha, commit_title: title, commit_message: text }: { readonly sha?: string; readonly commit_title?: string; readonly commit_message?: string }): Promise<string> {
    if (pull.state !== 'open') throw new Refusal(405, 'Pull Request is not mergeable');
    if (sha !== undefined && sha !== pull.head) throw new Refusal(409, 'Head branch was modified. Review and try the merge again.');
    const approvals = new Set(pull.reviews.filter((one) => one.state === 'APPROVED' && one.user !== pull.user).map((one) => one.user)).size;
    if (approvals < this.approvalsNeeded) throw new Refusal(405, `At least ${this.approvalsNeeded} approving review is required by reviewers with write access.`);
    const main = await commitOf(this.folder, mainRef) ?? '';
    const { exit, stdout } = await runGit(this.folder, ['merge-tree', '--write-tree', main, pull.head], { expected: [0, 1] });
    if (exit === 1) throw new Refusal(405, 'Pull Request is not mergeable');
    const message = `${title ?? `Merge pull request #${pull.number}`}\n\n${text ?? ''}`.trimEnd();
    const commit = await writeCommit(this.folder, { tree: stdout.toString('utf8').slice(0, 40), parents: [main, pull.head], message, author: user.login, at: new Date().toISOString() });
    if (!await updateRefs(this.folder, [{ ref: mainRef, from: main, to: commit }])) throw new Refusal(405, 'Base branch was modified. Review and try the merge again.');
    const at = this.now();
    Object.assign(pull, { state: 'closed', mergedAt: at, updatedAt: at, mergedAs: commit, mergedBy: user.login, closedBy: user.login });
    return commit;
  }
}
