import { expect, test } from '@jest/globals';
import { platform } from '../platform.ts';
import { edgesOf } from './index.ts';

test('a reference becomes an edge with its line', () => {
  const edge = edgesOf(platform).find((e) => e.reference === 'gateway.AUTH_URL');
  expect(edge).toMatchObject({ from: 'gateway', to: 'auth', kind: 'service', port: { name: 'http', number: 8080 } });
  expect(edge?.declaredAt).toMatch(/^platform\/workloads\/gateway\.ts:\d+$/);
});

test('where people reach a workload is told without leave to call it', () => {
  expect(platform.workloads.notification.options.env.PAGES_URL).toMatchObject({ kind: 'address', target: 'dashboard' });
  expect(edgesOf(platform).filter(({ to }) => to === 'dashboard').map(({ reference }) => reference)).toEqual(['monitoring.WORKLOADS']);
});

test('the standard set gives no workload an edge to itself', () => {
  expect(edgesOf(platform).filter((e) => e.from === e.to)).toEqual([]);
});
