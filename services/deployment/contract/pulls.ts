import type { RouteSet } from '../../kit/contract.ts';
import { string, time, count, commit, reason, list, record, all, diff } from './shape.ts';

/** `counts`: whether the merge rule counts it for the head; of one person it counts one at most. */
const approval = all({ by: string, at: time, commit: string, counts: { type: 'boolean' } });
/** One that is `running` has not passed yet, and has not failed. */
const check = all({ name: string, passed: { type: 'boolean' }, running: { type: 'boolean' }, said: list(string) });
const pull = record({
  number: count, title: string, body: string, author: string, state: { enum: ['open', 'merged', 'closed'] },
  base: string, head: string, branch: string, openedAt: time, url: string,
  approvals: list(approval), needed: count, environments: list(string),
  /** The environment for which an admin has to approve; absent where anybody else may. */
  adminFor: string,
  mergedAs: string, mergedBy: string, mergedAt: time, closedBy: string, change: string,
  /** Whether it may be merged now, and if not, every reason. */
  mergeable: { type: 'boolean' }, hindrances: list(string),
}, ['number', 'title', 'body', 'author', 'state', 'base', 'head', 'branch', 'openedAt', 'approvals', 'needed', 'environments', 'mergeable', 'hindrances']);
const byNumber = all({ number: { type: 'string', pattern: '^[1-9][0-9]{0,8}$' } });

/** Pull requests, and what is decided about them. */
export const pullRoutes = {
  listPulls: {
    method: 'get', path: '/v1/pulls', access: 'viewer', public: true, about: 'All open pull requests (the newest 100; `unlisted`: how many older ones there are besides), then the newest 50 that have ended.',
    answers: { 200: all({ forge: string, pulls: list(pull), unlisted: count }) },
  },
  readPull: {
    method: 'get', path: '/v1/pulls/:number', access: 'viewer', public: true, about: 'One pull request with its semantic diff and what was checked.', params: byNumber,
    answers: { 200: record({ pull, diff, checks: list(check) }, ['pull', 'checks']) },
  },
  approve: {
    method: 'post', path: '/v1/pulls/:number/approval', access: 'operator', public: true, about: 'Approves the commit that was looked at. Nobody approves their own; with `adminFor`, an admin does.',
    params: byNumber, body: all({ commit }), answers: { 200: pull },
  },
  merge: {
    method: 'post', path: '/v1/pulls/:number/merge', access: 'operator', public: true, about: 'Merges, when nothing hinders it.',
    params: byNumber, body: all({ commit }), answers: { 200: pull },
  },
  close: {
    method: 'post', path: '/v1/pulls/:number/closing', access: 'operator', public: true, about: 'Closes without merging.',
    params: byNumber, body: all({ reason }), answers: { 200: pull },
  },
} as const satisfies RouteSet;
