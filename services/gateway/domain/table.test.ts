import { expect, test } from '@jest/globals';
import { auth } from '../../auth/contract.ts';
import { configuration } from '../../configuration/contract.ts';
import { deployment } from '../../deployment/contract.ts';
import { contract, type Contract, type Route } from '../../kit/contract.ts';
import { monitoring } from '../../monitoring/contract.ts';
import { gateway } from '../contract.ts';
import { forwardingTable } from './table.ts';

const route = (method: Route['method'], path: string, more: Partial<Route> = {}): Route =>
  ({ method, path, about: 'x', access: 'viewer', public: true, answers: { 200: null }, ...more });
const service = (name: string, routes: Record<string, Route>) => contract({ name, about: 'x', ports: { http: 1 }, env: {}, routes });
const own = service('gateway', { session: route('get', '/v1/sessions/current', { public: false }) });

test('holds the public routes of the four services and nothing else', () => {
  const table = forwardingTable(gateway, [auth, deployment, configuration, monitoring]);
  const open = (contract: Contract) => Object.entries(contract.routes).flatMap(([key, route]) => (route.public === true ? [`${contract.name}.${key}`] : []));
  expect(table.map((entry) => entry.action).sort()).toEqual([auth, deployment, configuration, monitoring].flatMap((contract) => open(contract)).sort());
  for (const inside of ['auth.keys', 'auth.decide', 'configuration.rule', 'monitoring.takeTraces', 'monitoring.takeLogs']) expect(table.some(({ action }) => action === inside)).toBe(false);
  expect(table.filter((entry) => entry.stream).map((entry) => entry.action)).toEqual(expect.arrayContaining(['deployment.listEvents', 'monitoring.journeyEvents']));
  expect(table.find((entry) => entry.action === 'deployment.create')).toEqual({
    service: 'deployment', action: 'deployment.create', method: 'post', path: '/v1/deployments', access: 'operator', maxBytes: 16_384, stream: false, slow: false,
  });
});

test.each([
  ['/v1/a', '/v1/a'], ['/v1/a/:id', '/v1/a/:name'], ['/v1/a/current', '/v1/a/:id'], ['/v1/:x/b', '/v1/a/:y'],
])('%s and %s of two services are refused at start, by name', (first, second) => {
  expect(() => forwardingTable(own, [service('one', { r: route('get', first) }), service('two', { s: route('get', second) })]))
    .toThrow(/one\.r .* and two\.s /);
});

test('the gateway\'s own routes are part of the comparison', () => {
  expect(() => forwardingTable(own, [service('one', { r: route('get', '/v1/sessions/:id') })])).toThrow('gateway.session');
});

test('a private route that a public one would open is refused, one of another service is not in its way', () => {
  const open = { r: route('get', '/v1/a/:id') };
  const hidden = { s: route('get', '/v1/a/all', { public: false }) };
  expect(() => forwardingTable(own, [service('one', { ...open, ...hidden })])).toThrow('one.s');
  expect(forwardingTable(own, [service('one', open), service('two', hidden)])).toHaveLength(1);
});

test.each([['get', '/v1/a', 'post', '/v1/a'], ['get', '/v1/a/:id', 'get', '/v1/a'], ['get', '/v1/a/:id', 'get', '/v1/b/:id']] as const)(
  '%s %s and %s %s live side by side', (m1, p1, m2, p2) => {
    expect(forwardingTable(own, [service('one', { r: route(m1, p1) }), service('two', { s: route(m2, p2) })])).toHaveLength(2);
  });

test('a route for workloads cannot be public', () => {
  expect(() => forwardingTable(own, [service('one', { r: route('post', '/v1/traces', { access: 'workload' }) })])).toThrow('one.r');
});
