import { expect, test } from '@jest/globals';
import { askedFacts, factsText, holdable, inverse, short, summaryOf } from './fact.ts';

const commit = 'abcdef0123456789abcdef0123456789abcdef01';
const digest = `sha256:${'1'.repeat(64)}`;

test('what names no build is not held', () => {
  const facts = ['worktree', 'unbuilt', 'absent', digest].map((to) => ({ environment: 'local', subject: 'release/gateway', from: 'x', to }));
  expect(holdable(facts).map(({ to }) => to)).toEqual([digest]);
});

test('facts are told in one line, and turned round', () => {
  const facts = [
    { environment: 'local', subject: 'knob/rateLimit', from: '200', to: '100' }, { environment: 'local', subject: 'release/gateway', from: 'worktree', to: commit },
    { environment: 'local', subject: 'scale/gateway', from: '1', to: '2' },
  ];
  expect(factsText(facts)).toBe('rateLimit 200 → 100, gateway worktree → abcdef01, gateway replicas 1 → 2');
  expect(inverse(facts)[0]).toEqual({ environment: 'local', subject: 'knob/rateLimit', from: '100', to: '200' });
  expect(factsText(Array.from({ length: 50 }, () => facts).flat())).toHaveLength(200);
});

test('a change has words before its facts are known', () => {
  expect(summaryOf({ kind: 'release', environment: 'local', workload: 'gateway', release: commit })).toBe('gateway → abcdef01');
  expect(summaryOf({ kind: 'knob', environment: 'local', knob: 'rateLimit', value: 5 })).toBe('rateLimit → 5');
  expect(summaryOf({ kind: 'scale', environment: 'local', workload: 'gateway', replicas: 2 })).toBe('gateway → 2 replicas');
  expect(summaryOf({ kind: 'scale', environment: 'dev', workload: 'gateway', replicas: 2, most: 5 })).toBe('gateway → 2 to 5 replicas');
  expect(summaryOf({ kind: 'promotion', from: 'dev', to: 'staging', workloads: [] })).toBe('everything from dev');
  expect(summaryOf({ kind: 'promotion', from: 'dev', to: 'staging', workloads: ['auth', 'gateway'] })).toBe('auth, gateway from dev');
  expect(summaryOf({ kind: 'rollback', environment: 'local', commit })).toBe('take abcdef01 back');
  expect([short(digest), short('worktree')]).toEqual(['sha256:111111111111', 'worktree']);
});

test('some facts are known from the words alone', () => {
  expect(askedFacts({ kind: 'release', environment: 'local', workload: 'gateway', release: commit })).toEqual([{ environment: 'local', subject: 'release/gateway', to: commit }]);
  expect(askedFacts({ kind: 'knob', environment: 'local', knob: 'rateLimit', value: 5 })).toEqual([{ environment: 'local', subject: 'knob/rateLimit', to: '5' }]);
  expect(askedFacts({ kind: 'rollback', environment: 'local', commit })).toEqual([]);
});
