import type { Change, Entry, Environment, Pull, PullPage } from '../routes.ts';
import { TRACE } from './fake-gateway.ts';

export const ID = '11111111-1111-4111-8111-111111111111';
export const COMMIT = 'c'.repeat(40);
export const HEAD = 'd'.repeat(40);
export const BASE = 'b'.repeat(40);
const AT = '2026-01-02T03:04:05.000Z';

export const changeLike = (more: Partial<Change> = {}): Change => ({
  id: ID, kind: 'release', environment: 'local', workload: 'gateway', summary: 'gateway → worktree', reason: 'why', status: 'requested',
  requestedBy: 'cli@journey.local', requestedAt: AT, updatedAt: AT, traceId: TRACE, ...more,
});

export const pullLike = (more: Partial<Pull> = {}): Pull => ({
  number: 3, title: 'local: rateLimit 200 → 100', body: '', author: 'cli@journey.local', state: 'open', base: BASE, head: HEAD, branch: 'change/3', openedAt: AT,
  approvals: [], needed: 1, environments: ['local'], change: ID, mergeable: false, hindrances: ['It needs 1 more approval by somebody other than cli@journey.local.'], ...more,
});
export const pageLike = (pull: Partial<Pull> = {}, more: Partial<PullPage> = {}): PullPage => ({ pull: pullLike(pull), checks: [{ name: 'synth', passed: true, running: false, said: [] }], ...more });

export const entryLike = (more: Partial<Entry> = {}): Entry => ({
  commit: COMMIT, parents: [BASE, HEAD], at: AT, author: 'automatic', title: 'Merge #3: local: rateLimit 200 → 100', requestedBy: 'ada@example.com', approvedBy: [], environments: ['local'], workloads: ['gateway'], ...more,
});

type Cell = Environment['workloads'][number];
export const cellLike = (more: Partial<Cell> = {}): Cell => ({ workload: 'gateway', release: 'worktree', sync: 'Synced', health: 'Healthy', ahead: 0, drift: [], ...more });
export const environmentLike = (more: Partial<Environment> = {}): Environment => ({
  name: 'local', kind: 'source', connected: true, engine: 'local reconciler', revision: COMMIT, automatic: true, approvals: { release: 0, model: 1 }, open: true,
  knobs: [{ name: 'rateLimit', about: '', value: 200, declaredAt: 'platform/knobs.ts:7' }, { name: 'logLevel', about: '', value: 'info', declaredAt: 'platform/knobs.ts:6' }],
  workloads: [cellLike()], ...more,
});
