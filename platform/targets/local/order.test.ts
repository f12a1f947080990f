import { expect, test } from '@jest/globals';
import type { Edge } from '../../model/index.ts';
import { startOrderOf } from './order.ts';

const edge = (from: string, to: string, kind: Edge['kind'] = 'service', key = 'URL'): Edge => ({ reference: `${from}.${key}`, from, to, kind, declaredAt: 'x.ts:1' });

test('a chain starts from its end', () => {
  const { waves, after } = startOrderOf(['a', 'b', 'c'], [edge('a', 'b'), edge('b', 'c')]);
  expect(waves).toEqual([['c'], ['b'], ['a']]);
  expect(after.get('a')).toEqual(['b']);
});

test('a ring is broken where the fewest calls are open, and nobody in it waits for ever', () => {
  const { waves, after } = startOrderOf(['a', 'b', 'c'], [edge('a', 'b'), edge('a', 'c'), edge('b', 'a'), edge('c', 'a')]);
  expect(waves).toEqual([['b'], ['a'], ['c']]);
  expect(after.get('b')).toEqual([]);
  expect(after.get('a')).toEqual(['b']);
});

test('telemetry goes first but is not waited for; scraping and backings order nothing', () => {
  const edges = [
    edge('a', 'store', 'backing'), edge('t', 'a', 'standard', 'WORKLOADS'),
    edge('a', 't', 'standard', 'TELEMETRY_URL'), edge('b', 't', 'standard', 'TELEMETRY_URL'),
  ];
  const { waves, after } = startOrderOf(['a', 'b', 't'], edges);
  expect(waves).toEqual([['t', 'a'], ['b']]);
  expect(after.get('a')).toEqual([]);
});
