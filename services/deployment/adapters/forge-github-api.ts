import { oneLine } from '../../kit/git-message.ts';
import { problem, Problem } from '../../kit/problem.ts';
import { fieldOf } from '../../kit/thrown.ts';
import { asUser } from './forge-github-answers.ts';
import type { Repository } from './forge-github-url.ts';

/**
 * What is used of octokit. Its own types describe every answer of GitHub and cost the type checker six seconds; what is
 * used of an answer is checked when it arrives (forge-github-answers.ts).
 */
export interface Client {
  request(route: Route, parameters: Parameters): Promise<{ readonly data: unknown; readonly headers: { readonly link?: string | undefined } }>;
}
type Parameters = Readonly<Record<string, string | number | boolean>>;
export type Route =
  | 'GET /user'
  | 'GET /repos/{owner}/{repo}'
  | 'GET /repos/{owner}/{repo}/git/ref/{ref}'
  | 'DELETE /repos/{owner}/{repo}/git/refs/{ref}'
  | 'GET /repos/{owner}/{repo}/pulls'
  | 'POST /repos/{owner}/{repo}/pulls'
  | 'GET /repos/{owner}/{repo}/pulls/{pull_number}'
  | 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}'
  | 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge'
  | 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews'
  | 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews'
  | 'GET /repos/{owner}/{repo}/issues/{issue_number}'
  | 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
  | 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
  | 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';

export interface GitHub {
  /** Runs calls of the client; what they throw becomes a Problem. */
  ask<T>(calls: (client: Client, at: { readonly owner: string; readonly repo: string }) => Promise<T>): Promise<T>;
  /** Whose token it is; asked once. */
  me(): Promise<string>;
}

/** Answers are in the form of this version: the next one leaves `merge_commit_sha` out. */
const VERSION = '2022-11-28';

/** octokit is loaded with the first call: a laptop without GitHub does not pay for it. @param timeoutMs for each request */
export function openGitHub(repository: Repository, timeoutMs: number): GitHub {
  let client: Promise<Client> | undefined;
  let login: Promise<string> | undefined;
  const { owner, repo } = repository;
  const ask: GitHub['ask'] = async (calls) => {
    try {
      return await calls(await (client ??= clientOf(repository, timeoutMs)), { owner, repo });
    } catch (error) {
      throw githubProblem(repository, timeoutMs, error);
    }
  };
  return {
    ask,
    me: () => login ??= ask(async (github) => asUser((await github.request('GET /user', {})).data).login).catch((error: unknown) => {
      login = undefined;
      throw error;
    }),
  };
}

async function clientOf({ api, token }: Repository, timeoutMs: number): Promise<Client> {
  const { Octokit } = await import('@octokit/core');
  const silent = () => {};
  const client = new Octokit({
    auth: token.reveal(), baseUrl: api, userAgent: 'request-journey', request: { redirect: 'manual' }, log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  client.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = VERSION;
    options.request = { ...options.request, signal: AbortSignal.timeout(timeoutMs) };
  });
  client.hook.after('request', ({ status, headers }) => {
    // Followed, the token would go wherever the answer points.
    if (status >= 300) throw Object.assign(new Error('moved'), { status, response: { headers, data: {} } });
  });
  // As a plain text, since the type of a route would bring those of all answers.
  return { request: (route: string, parameters) => client.request(route, parameters) };
}

/** The HTTP status of what a call of the client was refused with. */
export function statusOf(error: unknown): number | undefined {
  const status: unknown = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && responseOf(error) !== undefined ? status : undefined;
}

/** GitHub's own words for a refusal: the message and what stands in `errors`. */
export function saidBy(error: unknown): string {
  const data = responseOf(error)?.data;
  if (typeof data !== 'object' || data === null) return '';
  const message = fieldOf(data, 'message') ?? '';
  const errors: readonly unknown[] = 'errors' in data && Array.isArray(data.errors) ? data.errors : [];
  const more = errors.flatMap((one) => typeof one === 'string' ? [one] : [fieldOf(one, 'message') ?? ''].filter((text) => text !== ''));
  return oneLine([message, ...more].join(': '), 300);
}

/** Never holds the request, whose headers hold the token. */
function githubProblem({ owner, repo, token }: Repository, timeoutMs: number, error: unknown): unknown {
  if (error instanceof Problem || typeof error !== 'object' || error === null || !('status' in error)) return error;
  const status = statusOf(error);
  const said = saidBy(error).replaceAll(token.reveal(), '[secret]');
  const at = 'GitHub';
  if (status === undefined) return brokenOff(timeoutMs, error);
  if (isLimit(status, error, said)) return limited(error);
  switch (status) {
    case 401: return problem('upstream_unavailable', `GitHub does not accept the token: ${said}.`, { at, fix: 'Put a token that is valid into the URL of the repository.' });
    case 403: return problem('forbidden', `GitHub does not let the token do that: ${said}.`, { at, fix: `The token needs "Contents" and "Pull requests" (read and write) for ${owner}/${repo}.` });
    case 404: return problem('not_found', `GitHub knows nothing there in ${owner}/${repo}, or the token may not see it.`, { at, fix: 'Check the URL of the repository and what the token may see.' });
    case 405: case 409: case 422: return problem('conflict', `GitHub refuses: ${said}.`, { at });
    default: return problem('upstream_unavailable', status < 400 ? `${owner}/${repo} has moved.` : `GitHub answered ${status}${said === '' ? '' : `: ${said}`}.`, {
      at, fix: status < 400 ? 'Put its new place into the URL of the repository.' : 'See https://www.githubstatus.com, then try again.',
    });
  }
}

interface Response { readonly headers: Readonly<Record<string, unknown>>; readonly data: unknown }
function responseOf(error: unknown): Response | undefined {
  if (typeof error !== 'object' || error === null || !('response' in error)) return undefined;
  const { response } = error;
  if (typeof response !== 'object' || response === null || !('headers' in response) || typeof response.headers !== 'object' || response.headers === null) return undefined;
  return { headers: { ...response.headers }, data: 'data' in response ? response.data : undefined };
}

const headerOf = (error: unknown, name: string): string | undefined => {
  const value = responseOf(error)?.headers[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

/** A spent limit is 403 or 429 (docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api). */
function isLimit(status: number, error: unknown, said: string): boolean {
  return status === 429 || (status === 403 && (headerOf(error, 'x-ratelimit-remaining') === '0' || headerOf(error, 'retry-after') !== undefined || /secondary rate limit/i.test(said)));
}

/** Wait as `retry-after` says, else until `x-ratelimit-reset`, else a minute. */
function limited(error: unknown): Problem {
  const after = Number(headerOf(error, 'retry-after') ?? Number.NaN);
  const reset = Number(headerOf(error, 'x-ratelimit-reset') ?? Number.NaN) - Date.now() / 1000;
  const spent = headerOf(error, 'x-ratelimit-remaining') === '0';
  const seconds = Math.ceil(Math.max(1, Number.isFinite(after) ? after : spent && Number.isFinite(reset) ? reset : 60));
  return problem('rate_limited', `GitHub's rate limit for this token is used up for ${seconds} s.`, { at: 'GitHub', headers: { 'retry-after': String(seconds) } });
}

function brokenOff(timeoutMs: number, error: object): Problem {
  const cause = 'cause' in error ? error.cause : error;
  const names = [fieldOf(error, 'name'), fieldOf(cause, 'name')];
  if (names.includes('TimeoutError') || names.includes('AbortError')) return problem('upstream_timeout', `GitHub did not answer within ${timeoutMs} ms.`, { at: 'GitHub', cause });
  return problem('upstream_unavailable', 'GitHub cannot be reached.', { at: 'GitHub', cause });
}
