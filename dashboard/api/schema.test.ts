import { expect, test } from '@jest/globals';
import { deployment } from '../../services/deployment/contract.ts';
import { gateway } from '../../services/gateway/contract.ts';
import { monitoring } from '../../services/monitoring/contract.ts';
import type { Route } from '../../services/kit/contract.ts';
import { fakeJourney } from '../test/fake-journey.ts';
import { isRecord } from './problem.ts';
import { conforms, readKeywords } from './schema.ts';

const journey = monitoring.routes.journey.answers[200];
const id = 'a'.repeat(32);

test('what the contract says conforms; a newer member passes', () => {
  expect(conforms(journey, fakeJourney(id, 1000))).toBe(true);
  expect(conforms(journey, { ...fakeJourney(id, 1000), newer: true })).toBe(true);
  expect(conforms({ type: ['string', 'null'] }, null)).toBe(true);
});

test.each([
  ['a missing member', { traceId: id, connected: true, hops: [] }],
  ['a wrong type', { ...fakeJourney(id, 1000), connected: 'yes' }],
  ['a wrong pattern', fakeJourney('XYZ', 1000)],
  ['a value outside the enum', { traceId: id, connected: true, open: [], omitted: { spans: 0, logs: 0 }, sources: { hops: 'own', logs: 'own' }, logs: [], hops: [{ ...fakeJourney(id, 0).hops[0], status: 'fine' }] }],
  ['an item that is not an object', { traceId: id, connected: true, hops: [7], open: [], logs: [], omitted: { spans: 0, logs: 0 }, sources: { hops: 'own', logs: 'own' } }],
  ['an array for an object', []],
  ['null', null],
])('%s does not', (_, value) => {
  expect(conforms(journey, value)).toBe(false);
});

test('types: integer, number, boolean, array', () => {
  expect(conforms({ type: 'integer' }, 1.5)).toBe(false);
  expect(conforms({ type: 'number' }, Number.NaN)).toBe(false);
  expect(conforms({ type: 'integer', minimum: 0 }, -1)).toBe(false);
  expect(conforms({ type: 'integer', maximum: 9 }, 10)).toBe(false);
  expect(conforms({ type: 'boolean' }, 0)).toBe(false);
  expect(conforms({ type: 'array' }, {})).toBe(false);
  expect(conforms({ type: 'array', items: { type: 'integer' } }, [1, 2])).toBe(true);
});

test('every keyword in an answer that the pages read is checked, or known to be left to the server', () => {
  const left = new Set(['additionalProperties', 'format', 'minItems', 'maxItems', 'uniqueItems']);
  const routes: readonly Route[] = [...Object.values(gateway.routes), ...Object.values(monitoring.routes), ...Object.values(deployment.routes)];
  const keywords = (schema: unknown): readonly string[] => !isRecord(schema) ? [] : [
    ...Object.keys(schema),
    ...(isRecord(schema['properties']) ? Object.values(schema['properties']).flatMap(keywords) : []),
    ...keywords(schema['items']),
  ];
  const used = new Set(routes.flatMap(({ answers }) => Object.values(answers).flatMap(keywords)));
  expect([...used].filter((keyword) => !readKeywords.some((read) => read === keyword) && !left.has(keyword))).toEqual([]);
});
