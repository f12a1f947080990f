import { expect, test } from '@jest/globals';
import { linesIn, partsOf, stepIn } from './diff-parts.ts';

const part = { environment: 'local', workloads: [{ workload: 'gateway', facts: [{ kind: 'knob', subject: 'knob/rateLimit', said: 'rateLimit 200 → 100' }], hops: [] }] };

test('what is known is drawn, what is not is left to the text', () => {
  expect(partsOf({ environments: [part, { environment: 'dev' }, 7, null, { ...part, workloads: [{ workload: 3, facts: [] }] }] })).toEqual([part]);
  expect(partsOf({ environments: [] })).toEqual([]);
});

test('what was and what is', () => {
  expect(stepIn('rateLimit 200 → 100, in 3 objects')).toEqual({ before: 'rateLimit ', from: '200', to: '100', after: ', in 3 objects' });
  expect(stepIn('replicas 1 → 2')).toEqual({ before: 'replicas ', from: '1', to: '2', after: '' });
  expect(stepIn('NetworkPolicy x added')).toBeUndefined();
});

test('a patch is read line by line, without its headers', () => {
  expect(linesIn('--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n').map(({ sign, text }) => `${sign}|${text}`)).toEqual(['@|@@ -1,2 +1,2 @@', ' | a', '-|-b', '+|+c']);
});
