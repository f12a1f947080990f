import { expect, test } from '@jest/globals';
import { jsonIn } from './follow-events.ts';
import { stateIn } from './live-events.ts';

const state = { engine: 'local reconciler', environment: 'local', revision: null, automatic: true, observedAt: '2026-01-01T00:00:00Z', workloads: [] };

test('an event holds the state of an environment, or nothing that a page may show', () => {
  expect(stateIn(state)).toEqual(state);
  expect(stateIn({ ...state, newer: 1 })).toMatchObject(state);
  expect([stateIn(undefined), stateIn({}), stateIn(7), stateIn({ ...state, workloads: [{ name: 'x' }] })]).toEqual([undefined, undefined, undefined, undefined]);
  expect([jsonIn('{'), jsonIn(7), jsonIn('{"a":1}')]).toEqual([undefined, undefined, { a: 1 }]);
});
