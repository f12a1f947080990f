import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { commitOf } from '../../kit/git-objects.ts';
import { createBare, updateRefs } from '../../kit/git-refs.ts';
import { serveGit } from './fake-github-git.ts';
import { FakeState, Refusal, type FakeComment, type FakePull, type FakeReview, type FakeUser } from './fake-github-state.ts';

/** A request that the fake answers otherwise than it would: an outage, a limit, an answer that is lost. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** `before`: nothing is done. `after`: it is done, and only the answer is another one. @default before */
  readonly when?: 'before' | 'after';
  /** `silence`: the connection stays open without an answer; `cut`: it ends. */
  readonly instead?: 'silence' | 'cut';
}
export interface FakeGitHub {
  /** `http://<token>@127.0.0.1:<port>/owner/repository`. */
  urlFor(token: string): string;
  readonly state: FakeState;
  readonly folder: string;
  /** `METHOD path?query` of everything that was asked, with the version that was asked for. */
  readonly heard: readonly { readonly line: string; readonly version: string | undefined; readonly authorization: string | undefined }[];
  /** Once, for the next request that fits. */
  fail(fault: Fault): void;
  close(): Promise<void>;
}

/**
 * Answers as GitHub's REST API is documented to (version 2022-11-28, below /api/v3 as on GitHub Enterprise Server), for the
 * calls that the forge makes, over a real bare repository; and speaks git over HTTP. @param root a folder of its own
 */
export async function startFakeGitHub(root: string, users: Readonly<Record<string, FakeUser>>): Promise<FakeGitHub> {
  const folder = `${root}/owner/repository.git`;
  await createBare(folder);
  const state = new FakeState(folder);
  const faults: Fault[] = [];
  const heard: { line: string; version: string | undefined; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    const line = `${request.method} ${url.pathname}${url.search}`;
    heard.push({ line, version: request.headers['x-github-api-version']?.toString(), authorization: request.headers.authorization });
    const at = faults.findIndex((one) => one.method === request.method && one.path.test(url.pathname));
    const [fault] = at < 0 ? [] : faults.splice(at, 1);
    if (fault?.when !== 'after' && fault !== undefined) return void answerFault(response, fault);
    const user = users[tokenOf(request.headers.authorization)] ?? null;
    if (!url.pathname.startsWith('/api/v3/')) return serveGit(request, response, { root, path: url.pathname, query: url.search.slice(1), user });
    return void route(request, url, user).then((answer) => {
      if (fault === undefined) send(response, answer.status, answer.body, answer.headers);
      else answerFault(response, fault);
    }, (error: unknown) => {
      if (!(error instanceof Refusal)) return send(response, 500, { message: String(error) });
      return send(response, error.status, { message: error.message, ...(error.errors.length === 0 ? {} : { errors: error.errors }), documentation_url: 'https://docs.github.com/rest', status: String(error.status) }, error.headers);
    });
  });

  async function route(request: IncomingMessage, url: URL, user: FakeUser | null): Promise<Answer> {
    if (user === null) throw new Refusal(401, 'Bad credentials');
    await state.follow();
    const body = await jsonOf(request);
    const [, path = ''] = /^\/api\/v3\/repos\/owner\/repository(.*)$/.exec(decodeURIComponent(url.pathname)) ?? [];
    if (url.pathname === '/api/v3/user') return { status: 200, body: { login: user.login } };
    if (!url.pathname.startsWith('/api/v3/repos/owner/repository')) throw new Refusal(404, 'Not Found');
    if (request.method !== 'GET' && !user.writes) throw new Refusal(403, 'Resource not accessible by personal access token');
    const number = Number(/^\/(?:pulls|issues)\/(\d+)/.exec(path)?.[1]);
    const shape = `${request.method} ${path.replace(/^\/(pulls|issues)\/\d+/, '/$1/:n').replace(/comments\/\d+/, 'comments/:id').replace(/^\/git\/(refs?)\/heads\/.+/, '/git/$1/:ref')}`;
    switch (shape) {
      case 'GET ': return { status: 200, body: { full_name: 'owner/repository', permissions: { pull: true, push: user.writes } } };
      case 'GET /git/ref/:ref': {
        const ref = `refs/heads/${path.slice('/git/ref/heads/'.length)}`;
        const sha = await commitOf(folder, ref);
        if (sha === null) throw new Refusal(404, 'Not Found');
        return { status: 200, body: { ref, object: { type: 'commit', sha } } };
      }
      case 'DELETE /git/refs/:ref': {
        const ref = `refs/heads/${path.slice('/git/refs/heads/'.length)}`;
        if (await commitOf(folder, ref) === null) throw new Refusal(422, 'Reference does not exist');
        await updateRefs(folder, [{ ref, to: null }]);
        return { status: 204 };
      }
      case 'GET /pulls': return paged(url, listed(url).map((pull) => pullOf(pull, false)));
      case 'POST /pulls': return { status: 201, body: pullOf(await state.create(user, body), true) };
      case 'GET /pulls/:n': return { status: 200, body: pullOf(state.pull(number), true) };
      case 'PATCH /pulls/:n': {
        const pull = state.pull(number);
        if (typeof body.body === 'string') pull.body = body.body;
        if (body.state === 'closed' && pull.state === 'open') Object.assign(pull, { state: 'closed', closedBy: user.login });
        pull.updatedAt = state.now();
        return { status: 200, body: pullOf(pull, true) };
      }
      case 'GET /pulls/:n/reviews': return paged(url, state.pull(number).reviews.map(reviewOf));
      case 'POST /pulls/:n/reviews': return { status: 200, body: reviewOf(await state.review(user, state.pull(number), body)) };
      case 'PUT /pulls/:n/merge': return { status: 200, body: { sha: await state.merge(user, state.pull(number), body), merged: true, message: 'Pull Request successfully merged' } };
      case 'GET /issues/:n': return { status: 200, body: { number, closed_by: userOf(state.pull(number).closedBy) } };
      case 'GET /issues/:n/comments': return paged(url, state.pull(number).comments.map(commentOf));
      case 'POST /issues/:n/comments': {
        const pull = state.pull(number);
        const comment: FakeComment = { id: state.id(), user: user.login, body: body.body };
        pull.comments.push(comment);
        pull.updatedAt = state.now();
        return { status: 201, body: commentOf(comment) };
      }
      case 'PATCH /issues/comments/:id': {
        const comment = state.pulls.flatMap((pull) => pull.comments).find((one) => one.id === Number(path.split('/').at(-1)));
        if (comment === undefined) throw new Refusal(404, 'Not Found');
        comment.body = body.body;
        return { status: 200, body: commentOf(comment) };
      }
      default: throw new Refusal(404, 'Not Found');
    }
  }

  function listed(url: URL): readonly FakePull[] {
    const of = (name: string) => url.searchParams.get(name);
    const found = state.pulls.filter((pull) => (of('state') === 'all' || pull.state === (of('state') ?? 'open')) && (of('head') === null || (of('head') === `owner:${pull.branch}` && !pull.fork)));
    return of('direction') === 'asc' ? found : found.toReversed();
  }

  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  return {
    state, folder, heard,
    urlFor: (token) => `http://${token}@127.0.0.1:${port}/owner/repository`,
    fail: (fault) => { faults.push(fault); },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}

interface Answer { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
const userOf = (login: string | null) => login === null ? null : { login, id: 1, type: 'User' };

/** `merged_by` and `mergeable` are not in lists. */
function pullOf(pull: FakePull, alone: boolean) {
  const repo = { full_name: 'owner/repository' };
  return {
    number: pull.number, state: pull.state, title: pull.title, body: pull.body, user: userOf(pull.user), html_url: `https://github.com/owner/repository/pull/${pull.number}`,
    created_at: pull.createdAt, updated_at: pull.updatedAt, closed_at: pull.state === 'closed' ? pull.updatedAt : null, merged_at: pull.mergedAt, merge_commit_sha: pull.mergedAs,
    head: { label: `owner:${pull.branch}`, ref: pull.branch, sha: pull.head, repo: pull.fork ? { full_name: 'stranger/repository' } : repo },
    base: { label: 'owner:main', ref: 'main', sha: pull.base, repo },
    ...(alone ? { merged: pull.mergedAt !== null, merged_by: userOf(pull.mergedBy), mergeable: pull.state === 'open' ? true : null } : {}),
  };
}
const reviewOf = ({ id, user, body, state, commit, at }: FakeReview) => ({ id, user: userOf(user), body, state, commit_id: commit, ...(state === 'PENDING' ? {} : { submitted_at: at }) });
const commentOf = ({ id, user, body }: FakeComment) => ({ id, user: userOf(user), body, created_at: '2024-01-01T00:00:00Z' });

function paged(url: URL, all: readonly unknown[]): Answer {
  const [size, page] = [Math.min(100, Number(url.searchParams.get('per_page') ?? 30)), Number(url.searchParams.get('page') ?? 1)];
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  return { status: 200, body: all.slice((page - 1) * size, page * size), headers: page * size < all.length ? { link: `<${next.href}>; rel="next"` } : {} };
}

/** The API takes `token x` and `Bearer x`; git sends Basic. */
function tokenOf(header = ''): string {
  const [kind = '', value = ''] = header.split(' ');
  return kind.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString('utf8').split(':')[1] ?? '' : value;
}

interface Sent { readonly title: string; readonly body: string; readonly head: string; readonly base: string; readonly state?: string; readonly event?: string; readonly commit_id?: string; readonly sha?: string; readonly commit_title?: string; readonly commit_message?: string }
async function jsonOf(request: IncomingMessage): Promise<Sent> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return (text === '' ? {} : JSON.parse(text)) as Sent;
}

function send(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '4999', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600), ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function answerFault(response: ServerResponse, fault: Fault): void {
  if (fault.instead === 'silence') return;
  if (fault.instead === 'cut') return void response.destroy();
  const text = typeof fault.body === 'string';
  response.writeHead(fault.status ?? 500, { 'content-type': text ? 'text/html' : 'application/json; charset=utf-8', ...fault.headers });
  response.end(text ? fault.body : JSON.stringify(fault.body ?? { message: 'Server Error' }));
}
