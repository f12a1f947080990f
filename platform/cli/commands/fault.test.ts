import { expect, test } from '@jest/globals';
import { faultKinds } from '../../../services/kit/faults/kinds.ts';
import { exit } from '../command.ts';
import { fakeGateway } from '../delivery/test/fake-gateway.ts';
import { heard } from '../test/heard.ts';
import { command as fault } from './fault.ts';
import { command as traffic } from './traffic.ts';

const world = await fakeGateway();

const id = '00000000-0000-4000-8000-000000000001';
const kinds = Object.entries(faultKinds).map(([kind, { unit, least, most, about }]) => ({ kind, unit, least, most, about }));
const one = (more: object = {}) => ({ id, workload: 'auth', kind: 'latency', strength: 500, reason: 'to see it', by: 'cli@journey.local', since: 1, until: Date.now() + 59_500, holding: 1, answering: 1, ...more });
const listed = (faults: readonly object[], allowed = true) => ({ 'GET /v1/faults': [200, { allowed, longestSeconds: 900, workloads: ['auth', 'gateway'], kinds, faults }] as const });

test('what is on, by whom and how long; what the workload says otherwise; nothing on: what there is', async () => {
  world.answers = listed([one(), one({ kind: 'notReady', strength: 1, holding: 1, answering: 3 }), one({ kind: 'errors', strength: 5, holding: 0, answering: 0 }), one({ kind: 'refused', strength: 1, holding: 3, answering: 3 })]);
  const { io, printed } = heard(world.root);
  expect(await fault.run(io, [], {})).toBe(exit.ok);
  expect(printed.map((line) => line.replace(/ {2,}/g, ' · '))).toEqual([
    expect.stringMatching(/^auth · latency 500 ms · \d+ s left · by cli@journey\.local · to see it$/),
    expect.stringMatching(/^auth · notReady · \d+ s left · .* · at 1 of 3 processes · to see it$/),
    expect.stringMatching(/^auth · errors 5 % · \d+ s left · .* · no process answers · to see it$/),
    expect.stringMatching(/^auth · refused · \d+ s left · .* · at all 3 processes · to see it$/),
  ]);
  world.answers = listed([]);
  const nothing = heard(world.root);
  expect(await fault.run(nothing.io, [], {})).toBe(exit.ok);
  const json = heard(world.root, true);
  await fault.run(json.io, [], {});
  expect(json.emitted).toEqual([{ faults: [] }]);
});

test('one is switched on with a strength, a time and a reason', async () => {
  world.answers = { ...listed([]), 'POST /v1/faults': [201, one()] };
  const { io, printed } = heard(world.root);
  expect(await fault.run(io, ['auth', 'latency', '500'], { seconds: '30', reason: 'to see it' })).toBe(exit.ok);
  expect(world.asked.at(-1)?.body).toEqual({ workload: 'auth', kind: 'latency', strength: 500, seconds: 30, reason: 'to see it' });
  expect(printed[0]).toContain('auth: latency 500 ms, for 30 s');
  const json = heard(world.root, true);
  await fault.run(json.io, ['auth', 'notReady'], { reason: 'to see it' });
  expect(world.asked.at(-1)?.body).toMatchObject({ kind: 'notReady', strength: 1, seconds: 60 });
});

test('what cannot be is said before it is asked', async () => {
  world.answers = listed([]);
  const run = (args: readonly string[], options: object = { reason: 'x' }) => fault.run(heard(world.root).io, args, { ...options });
  await expect(run(['auth', 'fire'])).rejects.toMatchObject({ code: exit.usage });
  await expect(run(['auth'])).rejects.toMatchObject({ code: exit.usage });
  await expect(run(['auth', 'errors', '101'])).rejects.toMatchObject({ code: exit.usage });
  await expect(run(['auth', 'errors', '10'], {})).rejects.toMatchObject({ code: exit.usage });
  world.answers = listed([], false);
  await expect(run([])).rejects.toMatchObject({ code: exit.failure });
});

test('all of it is ended, or that of one workload and kind', async () => {
  world.answers = { ...listed([one(), one({ workload: 'gateway' })]), [`DELETE /v1/faults/${id}`]: [204, null] };
  const { io, printed } = heard(world.root);
  expect(await fault.run(io, ['auth', 'latency'], { end: true })).toBe(exit.ok);
  expect(printed).toEqual(['auth: latency has ended.']);
  const json = heard(world.root, true);
  await fault.run(json.io, [], { end: true });
  expect(json.emitted).toHaveLength(2);
  const none = heard(world.root);
  expect(await fault.run(none.io, ['configuration'], { end: true })).toBe(exit.ok);
});

test('demo traffic is told by kind, and failures end with a code of their own', async () => {
  const { io, printed } = heard(world.root);
  const code = await traffic.run(io, [], { rate: '20', seconds: '1' });
  expect([exit.ok, exit.unhealthy]).toContain(code);
  expect(printed.some((line) => /sent/.test(line))).toBe(true);
  const json = heard(world.root, true);
  await traffic.run(json.io, [], { rate: '5', seconds: '1' });
  expect(json.emitted.length).toBeGreaterThan(0);
  await expect(traffic.run(heard(world.root).io, [], { rate: '51' })).rejects.toMatchObject({ code: exit.usage });
});
