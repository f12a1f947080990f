import { expect, test } from '@jest/globals';
import type { Journey } from './declared.ts';
import type { LiveEnvironment } from './live.ts';
import { cellsOf, changesBetween } from './matrix.ts';

const journey = (release: string, more: object = {}): Journey => ({
  nodes: [{ name: 'gateway', kind: 'workload', release, declaredAt: 'platform/workloads/gateway.ts:1', ...more }, { name: 'sessions', kind: 'backing' }], knobs: [], edges: [], secrets: [],
  delivery: { approvals: { release: 0, model: 1 } },
});
const live: LiveEnvironment = {
  engine: 'fake', environment: 'dev', revision: null, automatic: true, observedAt: '',
  workloads: [{
    name: 'gateway', sync: 'Synced', health: 'Degraded', why: 'crash', desired: { release: 'a', replicas: 2 }, live: { release: 'b', replicas: 2, ready: 1 }, since: '2026-01-01T00:00:00Z', drift: [],
    rollout: { release: 'a', commit: 'c', phase: 'Degraded', startedAt: '', evidence: [] },
  }],
};

test('a cell says what main says and what the engine sees', () => {
  expect(cellsOf(journey('a', { source: 's', provenance: 'p' }), live, { name: 'staging', journey: journey('z') }, { gateway: 2 })).toEqual([{
    workload: 'gateway', release: 'a', revision: 's', provenance: 'p', declaredAt: 'platform/workloads/gateway.ts:1', sync: 'Synced', health: 'Degraded', why: 'crash', live: 'b', replicas: 2, ready: 1,
    since: '2026-01-01T00:00:00Z', ahead: 2, next: 'staging', drift: [], rollout: live.workloads[0]?.rollout,
  }]);
});

test('what nobody watches is unknown, what should be there is missing', () => {
  expect(cellsOf(journey('a', { declaredAt: undefined }), null, null, {})[0]).toMatchObject({ sync: 'Unknown', health: 'Unknown', ahead: 0 });
  expect(cellsOf(journey('a'), { ...live, workloads: [] }, null, {})[0]).toMatchObject({ sync: 'Unknown', health: 'Missing' });
  const { why: _, since: __, rollout: ___, ...bare } = live.workloads[0] as NonNullable<typeof live.workloads[0]>;
  expect(Object.keys(cellsOf(journey('a'), { ...live, workloads: [bare] }, null, {})[0] ?? {})).not.toContain('why');
});

test.each([['the same', 'a', journey('a')], ['unbuilt', 'unbuilt', journey('a')], ['unknown there', 'a', { ...journey('b'), nodes: [] }]])('%s is not promoted', (_, release, next) => {
  expect(cellsOf(journey(release), null, { name: 'staging', journey: next }, {})[0]).not.toHaveProperty('next');
});

test('changes are counted back to where both had the same', () => {
  expect(changesBetween(['c', 'b', 'a'], 'a')).toBe(2);
  expect(changesBetween(['a', 'b'], 'a')).toBe(0);
  expect(changesBetween(['c', 'c', 'b', 'b', undefined], 'z')).toBe(2);
  expect(changesBetween([], 'a')).toBe(0);
});
