import type { RouteSet } from '../../kit/contract.ts';
import { string, time, count, name, commit, list, record, all, diff } from './shape.ts';

const entry = record({
  commit, parents: list(commit), at: time, author: string, title: string, reason: string, requestedBy: string, approvedBy: list(string), pull: count, traceId: string,
  kind: string, environments: list(string), workloads: list(string), undoes: string, undoneBy: string,
  /** How its request ended when it ended otherwise than asked, and what an engine or a probe saw. */
  outcome: string, evidence: list(string),
}, ['commit', 'parents', 'at', 'author', 'title', 'approvedBy', 'environments', 'workloads']);
export const held = record({ id: count, environment: string, subject: string, value: string, reason: string, by: string, at: time }, ['id', 'environment', 'subject', 'value', 'reason', 'by', 'at']);

/** What was merged, what lies between two commits, and what may not come back. */
export const historyRoutes = {
  listHistory: {
    method: 'get', path: '/v1/history', access: 'viewer', public: true,
    about: 'What was merged, newest first: who, why, who approved, and what was seen of it. `before` continues a longer list.',
    query: record({ environment: name, workload: name, before: commit, limit: { type: 'integer', minimum: 1, maximum: 200 } }, []),
    answers: { 200: record({ entries: list(entry), next: string }, ['entries']) },
  },
  readDiff: {
    method: 'get', path: '/v1/diff', access: 'viewer', public: true, slow: true, about: 'The semantic diff between any two commits.',
    query: record({ from: commit, to: commit, environment: name }, ['from', 'to']), answers: { 200: diff },
  },
  listHolds: {
    method: 'get', path: '/v1/holds', access: 'viewer', public: true, about: 'What was taken back and may not be promoted again.', answers: { 200: all({ holds: list(held) }) },
  },
} as const satisfies RouteSet;
