import { expect, test } from '@jest/globals';
import { consumes } from './consumers.ts';
import { reachableRoute } from './public-routes.ts';

test('what the contracts publish is reachable by its own method', () => {
  expect(reachableRoute('GET', '/v1/journeys/0123')?.path).toBe('/v1/journeys/:traceId');
  expect(reachableRoute('DELETE', '/v1/sessions/current')?.path).toBe('/v1/sessions/current');
  expect(reachableRoute('PUT', '/v1/settings/local/deployment-freeze')?.method).toBe('put');
});

test.each([['POST', '/v1/tokens'], ['POST', '/v1/traces'], ['GET', '/v1/notifications'], ['GET', '/.well-known/jwks.json'], ['GET', '/v1/sessionsXcurrent'], ['HEAD', '/v1/workloads']])('%s %s is not', (method, path) => {
  expect(reachableRoute(method, path)).toBeUndefined();
});

test('messages run towards who takes them', () => {
  expect([...consumes]).toEqual(['deployment.REQUESTS', 'notification.EVENTS']);
});
