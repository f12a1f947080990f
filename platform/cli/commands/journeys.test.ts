import { expect, test } from '@jest/globals';
import { exit } from '../command.ts';
import { failure, fakeGateway } from '../delivery/test/fake-gateway.ts';
import { heard } from '../test/heard.ts';
import { command as journeys } from './journeys.ts';

const world = await fakeGateway();

const NEXT = `1767323045000000000-${'b'.repeat(32)}`;
const journeyLike = (more: object = {}) => ({ traceId: 'a'.repeat(32), name: 'POST /v1/deployments', startedAt: Date.now() - 600_000, durationMs: 109.66, hops: 18, status: 'ok', demo: false, ...more });

test('a table: when, how it ended, how long; what others wrote cannot steer the terminal; the way to older ones', async () => {
  world.answers = { 'GET /v1/journeys': [200, { source: 'own', next: NEXT, journeys: [journeyLike(), journeyLike({ traceId: 'b'.repeat(32), name: 'GET /\u001b[2J', hops: 1, durationMs: 2, status: 'error', demo: true })] }] };
  const { io, printed, told } = heard(world.root);
  expect(await journeys.run(io, [], {})).toBe(exit.ok);
  expect(printed).toEqual([
    `${'a'.repeat(32)}  10 min ago  ok      109.7 ms  18 hops        POST /v1/deployments`,
    `${'b'.repeat(32)}  10 min ago  failed  2.0 ms    1 hop    demo  GET /\\u001b[2J`,
  ]);
  expect(told.at(-1)).toContain(`--before ${NEXT}`);
  expect(world.asked.map(({ query }) => query)).toEqual([{ limit: '20' }]);
  const json = heard(world.root, true);
  await journeys.run(json.io, [], {});
  expect(json.emitted).toMatchObject([{ next: NEXT, journeys: [{ hops: 18 }, { demo: true }] }]);
});

test('each option is asked for by the name that the API has for it; nothing fits: what to do', async () => {
  world.answers = { 'GET /v1/journeys': [200, { source: 'own', next: null, journeys: [] }] };
  const { io, printed, told } = heard(world.root);
  expect(await journeys.run(io, [], { service: 'auth', failed: true, longerThan: '250', text: 'freeze', before: NEXT, limit: '5' })).toBe(exit.ok);
  expect(world.asked.map(({ query }) => query)).toEqual([{ service: 'auth', status: 'error', minMs: '250', text: 'freeze', before: NEXT, limit: '5' }]);
  expect(printed).toEqual([]);
  expect(told.at(-1)).toContain('./journey send');
});

test.each([[{ longerThan: 'long' }, '--longer-than'], [{ limit: '201' }, '--limit'], [{ limit: '0' }, '--limit']])('%j is no question: nothing is asked', async (options, named) => {
  expect(await failure(journeys.run(heard(world.root).io, [], options))).toMatchObject({ code: exit.usage, message: expect.stringContaining(named) });
  expect(world.asked).toEqual([]);
});
