import { expect, test } from '@jest/globals';
import { platform } from '../platform.ts';
import { edgesOf } from './index.ts';

test('a reference becomes an edge with its line', () => {
  const edge = edgesOf(platform).find((e) => e.reference === 'gateway.AUTH_URL');
  expect(edge).toMatchObject({ from: 'gateway', to: 'auth', kind: 'service', port: { name: 'http', number: 8080 } });
  expect(edge?.declaredAt).toMatch(/^platform\/workloads\/gateway\.ts:\d+$/);
});

test('the standard set gives no workload an edge to itself', () => {
  expect(edgesOf(platform).filter((e) => e.from === e.to)).toEqual([]);
});
