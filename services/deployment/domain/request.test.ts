import { expect, test } from '@jest/globals';
import { fingerprint } from './request.ts';

const ask = { workload: 'gateway', environment: 'local', revision: 'worktree', reason: 'because' };

test('the order of the fields does not make another ask, their values do', () => {
  const turned = { reason: 'because', revision: 'worktree', environment: 'local', workload: 'gateway' };
  expect(fingerprint(turned)).toBe(fingerprint(ask));
  for (const key of ['workload', 'environment', 'revision', 'reason'])
    expect(fingerprint({ ...ask, [key]: 'other' })).not.toBe(fingerprint(ask));
});

test('values that run into each other are still told apart', () => {
  expect(fingerprint({ ...ask, workload: 'a","b', environment: 'c' })).not.toBe(fingerprint({ ...ask, workload: 'a', environment: 'b","c' }));
});

test('numbers are no texts, lists keep their order, what is absent is absent', () => {
  expect(fingerprint({ value: 1 })).not.toBe(fingerprint({ value: '1' }));
  expect(fingerprint({ workloads: ['a', 'b'] })).not.toBe(fingerprint({ workloads: ['b', 'a'] }));
  expect(fingerprint({ a: 1, b: undefined })).toBe(fingerprint({ a: 1 }));
});
