import { expect, test } from '@jest/globals';
import type { Cell, Environment, Live } from '../../api/delivery.ts';
import { isRolling, nextOf, withLive, workloadNames } from './fleet.ts';

const cell = (workload: string, rest: Partial<Cell> = {}): Cell => ({ workload, release: 'worktree', sync: 'Synced', health: 'Healthy', ahead: 0, drift: [], ...rest });
const environment = (name: string, rest: Partial<Environment> = {}): Environment =>
  ({ name, connected: true, approvals: { release: 0, model: 1 }, open: true, knobs: [], workloads: [cell('gateway'), cell('auth')], ...rest });
const fleet = { head: 'a'.repeat(40), environments: [environment('local', { workloads: [cell('gateway', { why: 'slow', ahead: 2, next: 'dev', declaredAt: 'x.ts:1' }), cell('auth')] }), environment('dev', { after: 'local' })] };
const state: Live = {
  engine: 'local reconciler', environment: 'local', revision: 'b'.repeat(40), automatic: false, observedAt: '2026-01-01T00:00:00Z',
  workloads: [{
    name: 'gateway', sync: 'OutOfSync', health: 'Progressing', desired: { release: 'r2', replicas: 2 }, live: { release: 'r1', replicas: 2, ready: 1 }, drift: [{ field: 'replicas', desired: '2', live: '1' }],
    rollout: { release: 'r2', commit: 'b'.repeat(40), phase: 'Progressing', startedAt: '2026-01-01T00:00:00Z', evidence: [] },
  }],
};

test('an event changes what runs, and leaves what git says', () => {
  const [local, dev] = withLive(fleet, state).environments;
  expect(local).toMatchObject({ revision: 'b'.repeat(40), automatic: false });
  expect(local?.workloads[0]).toMatchObject({ release: 'r2', live: 'r1', replicas: 2, ready: 1, sync: 'OutOfSync', health: 'Progressing', ahead: 2, next: 'dev', declaredAt: 'x.ts:1' });
  expect(local?.workloads[0]).not.toHaveProperty('why');
  expect(local?.workloads[0] && isRolling(local.workloads[0])).toBe(true);
  expect(local?.workloads[1]).toBe(fleet.environments[0]?.workloads[1]);
  expect(dev).toBe(fleet.environments[1]);
});

test('the way of a promotion, and the rows', () => {
  expect(nextOf(fleet.environments, 'local')?.name).toBe('dev');
  expect(nextOf(fleet.environments, 'dev')).toBeUndefined();
  expect(workloadNames(fleet.environments)).toEqual(['auth', 'gateway']);
});
