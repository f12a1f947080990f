import { expect, test } from '@jest/globals';
import { environmentOf, isModelAsk, isPromotionAsk, isReleaseAsk, isRollbackAsk, modelChangeOf } from './asks.ts';

const release = { workload: 'gateway', environment: 'local', revision: 'worktree', reason: 'because' };
const knob = { environment: 'local', reason: 'because', knob: 'rateLimit', value: 100 };
const scale = { environment: 'local', reason: 'because', workload: 'gateway', replicas: 2 };

test('only a whole ask is one', () => {
  expect(isReleaseAsk(release)).toBe(true);
  for (const wrong of [null, 'text', 7, {}, { ...release, reason: 1 }, { ...release, workload: undefined }]) expect(isReleaseAsk(wrong)).toBe(false);
  expect(isPromotionAsk({ from: 'dev', to: 'staging', reason: 'x' })).toBe(true);
  expect(isPromotionAsk({ from: 'dev', to: 'staging', reason: 'x', workloads: ['gateway'] })).toBe(true);
  for (const wrong of [null, { from: 'dev', reason: 'x' }, { from: 'dev', to: 'staging', reason: 'x', workloads: 'gateway' }]) expect(isPromotionAsk(wrong)).toBe(false);
  expect(isRollbackAsk({ environment: 'local', commit: 'a', reason: 'x' })).toBe(true);
  expect(isRollbackAsk({ environment: 'local', reason: 'x' })).toBe(false);
});

test('a change of the model is a knob or a size, not both and not half', () => {
  expect([knob, scale, { ...scale, most: 5 }].map(isModelAsk)).toEqual([true, true, true]);
  const wrong = [null, {}, { environment: 'local', reason: 'x' }, { ...knob, value: undefined }, { ...scale, replicas: undefined }, { ...knob, ...scale }, { ...knob, most: 2 }, { ...scale, value: 1 }, { ...scale, knob: 'rateLimit' }];
  expect(wrong.map(isModelAsk)).toEqual(wrong.map(() => false));
});

test('an ask becomes a change of one environment', () => {
  expect(modelChangeOf({ environment: 'local', reason: 'x', knob: 'rateLimit', value: 1 })).toEqual({ kind: 'knob', environment: 'local', knob: 'rateLimit', value: 1 });
  expect(modelChangeOf({ environment: 'local', reason: 'x', workload: 'gateway', replicas: 2 })).toEqual({ kind: 'scale', environment: 'local', workload: 'gateway', replicas: 2 });
  expect(modelChangeOf({ environment: 'dev', reason: 'x', workload: 'gateway', replicas: 2, most: 4 })).toEqual({ kind: 'scale', environment: 'dev', workload: 'gateway', replicas: 2, most: 4 });
  expect(environmentOf({ kind: 'promotion', from: 'dev', to: 'staging', workloads: [] })).toBe('staging');
  expect(environmentOf({ kind: 'rollback', environment: 'local', commit: 'a' })).toBe('local');
});
