import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { problem } from '../../kit/problem.ts';

/**
 * What GitHub answers, as far as it is used, by its REST API description (github/rest-api-description, version 2022-11-28).
 * Every answer is checked: one that has another form is an error, not an `undefined` somewhere later.
 */
export interface User { readonly login: string }
export interface PullAnswer {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: 'open' | 'closed';
  readonly html_url: string;
  readonly user: User | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly merged_at: string | null;
  readonly merge_commit_sha: string | null;
  /** Only of one that was asked for alone. */
  readonly merged_by?: User | null;
  /** `repo` is null when a fork has been deleted. */
  readonly head: { readonly ref: string; readonly sha: string; readonly repo: { readonly full_name: string } | null };
  readonly base: { readonly ref: string; readonly sha: string; readonly repo: { readonly full_name: string } };
}
export interface ReviewAnswer {
  readonly user: User | null;
  /** `APPROVED`, `CHANGES_REQUESTED`, `COMMENTED`, `DISMISSED`, `PENDING`. */
  readonly state: string;
  readonly body: string | null;
  readonly commit_id: string | null;
  readonly submitted_at?: string;
}
export interface CommentAnswer { readonly id: number; readonly user: User | null; readonly body?: string }

let kept: Ajv2020 | undefined;
const ajv = () => kept ??= new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true });
const string = { type: 'string' } as const;
const maybe = { type: ['string', 'null'] } as const;
const time = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' } as const;
const commit = { type: 'string', pattern: '^[0-9a-f]{40}$' } as const;
const having = <P extends object>(properties: P, optional: readonly (keyof P)[] = [], type: unknown = 'object') =>
  ({ type, required: Object.keys(properties).filter((key) => !optional.some((one) => one === key)), properties });
const user = having({ login: string }, [], ['object', 'null']);
const repository = { full_name: string };

const pull = having({
  number: { type: 'integer', minimum: 1 }, title: string, body: maybe, state: { enum: ['open', 'closed'] }, html_url: string, user, created_at: time, updated_at: time,
  merged_at: { anyOf: [time, { type: 'null' }] }, merge_commit_sha: { anyOf: [commit, { type: 'null' }] }, merged_by: user,
  head: having({ ref: string, sha: commit, repo: having(repository, [], ['object', 'null']) }), base: having({ ref: string, sha: commit, repo: having(repository) }),
}, ['merged_by']);
const list = (items: object) => ({ type: 'array', items });

/** Compiled with the first answer: a laptop without GitHub does not pay for it. @throws Problem `upstream_unavailable` that names the field */
function reader<T>(name: string, schema: object): (data: unknown) => T {
  let compiled: ValidateFunction<T> | undefined;
  return (data) => {
    const fits = compiled ??= ajv().compile<T>(schema);
    if (fits(data)) return data;
    const [error] = fits.errors ?? [];
    throw problem('upstream_unavailable', `GitHub answered with a ${name} that it should not: ${error?.instancePath ?? ''} ${error?.message ?? 'is wrong'}.`, { at: 'GitHub' });
  };
}

export const asPull = reader<PullAnswer>('pull request', pull);
export const asPulls = reader<readonly PullAnswer[]>('list of pull requests', list(pull));
export const asReviews = reader<readonly ReviewAnswer[]>('list of reviews', list(having({ user, state: string, body: maybe, commit_id: { anyOf: [commit, { type: 'null' }] }, submitted_at: time }, ['submitted_at'])));
export const asComments = reader<readonly CommentAnswer[]>('list of comments', list(having({ id: { type: 'integer' }, user, body: maybe }, ['body'])));
export const asUser = reader<User>('user', having({ login: string }));
export const asIssue = reader<{ readonly closed_by?: User | null }>('issue', having({ closed_by: user }, ['closed_by']));
export const asRef = reader<{ readonly object: { readonly sha: string } }>('ref', having({ object: having({ sha: commit }) }));
export const asMerge = reader<{ readonly sha: string }>('merge', having({ sha: commit }));
