import { expect, test } from '@jest/globals';
import { fingerprint, isAsk } from './request.ts';

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

test('only a whole ask is one', () => {
  expect(isAsk(ask)).toBe(true);
  for (const wrong of [null, 'text', 7, {}, { ...ask, reason: 1 }, { ...ask, workload: undefined }]) expect(isAsk(wrong)).toBe(false);
});
