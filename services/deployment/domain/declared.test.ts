import { expect, test } from '@jest/globals';
import { isDeclared, kindOf, misfit, releaseOf, workloadsOf } from './declared.ts';

const declared = { nodes: [{ name: 'gateway', kind: 'workload', release: 'worktree' }, { name: 'sessions', kind: 'backing' }], edges: [] };
const images = { nodes: [{ name: 'gateway', kind: 'workload', release: `sha256:${'a'.repeat(64)}` }, { name: 'auth', kind: 'workload', release: 'unbuilt' }] };

test('workloads can be deployed, backings cannot', () => {
  expect(isDeclared(declared)).toBe(true);
  expect(workloadsOf(declared)).toEqual(['gateway']);
  expect([releaseOf(declared, 'gateway'), releaseOf(declared, 'sessions'), releaseOf(declared, 'nobody')]).toEqual(['worktree', 'unbuilt', 'unbuilt']);
});

test.each([null, [], 'x', {}, { nodes: {} }, { nodes: [null] }, { nodes: ['gateway'] }, { nodes: [{ name: 'a' }] }, { nodes: [{ kind: 'workload' }] }, { nodes: [{ name: 1, kind: 'workload' }] }])(
  '%j is not a graph', (value) => {
    expect(isDeclared(value)).toBe(false);
  });

test('a laptop takes revisions, a cluster takes images', () => {
  expect([kindOf(declared), kindOf(images), kindOf({ nodes: [] })]).toEqual(['source', 'image', 'image']);
  expect(misfit(declared, 'local', 'a'.repeat(40))).toBeNull();
  expect(misfit(images, 'dev', `sha256:${'b'.repeat(64)}`)).toBeNull();
  expect(misfit(declared, 'local', `sha256:${'b'.repeat(64)}`)).toMatchObject({ fix: expect.stringContaining('40 hexadecimal') });
  expect(misfit(images, 'dev', 'worktree')).toMatchObject({ detail: 'dev runs images, and worktree is none.', fix: expect.stringContaining('sha256') });
});
