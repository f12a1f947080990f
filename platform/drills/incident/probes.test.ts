import { expect, test } from '@jest/globals';
import type { Answer, Person } from '../person.ts';
import { incidentOf } from './kinds.ts';
import type { Place } from './place.ts';
import { allAnswered, fastEnough, mailComes, patiently, writtenIsRead } from './probes.ts';

const answer = (status: number, body: Answer['body'] = {}, headers: Record<string, string> = {}): Answer => ({ status, body, headers: new Headers(headers) });
/** An installation that answers as a function says. */
function placeWhere(ask: (method: string, path: string, body: unknown) => Answer | Promise<Answer>, more: Partial<Place> = {}): Place {
  const person: Person = { name: 'ada@example.com', ask: async (method, path, body) => ask(method, path, body) };
  return { root: '/', remote: '/', person, signIn: async () => ({ status: 201, body: {} }), process: () => ({ pid: undefined, url: '' }), letters: () => [], ...more };
}

test('one wrong answer among many is seen, and so is none', async () => {
  let asked = 0;
  expect(await allAnswered(placeWhere(() => answer((asked += 1) % 20 === 0 ? 500 : 200)), '/x', 40)).toEqual({ well: false, seen: '2 of 40 went wrong, such as 500' });
  expect(await allAnswered(placeWhere(() => answer(200)), '/x', 40)).toEqual({ well: true, seen: '0 of 40 went wrong' });
  asked = 0;
  expect(await allAnswered(placeWhere(() => ((asked += 1) === 7 ? Promise.reject(new Error('timeout')) : answer(200))), '/x', 20)).toMatchObject({ well: false, seen: expect.stringContaining('no answer') });
});

test('what is always slow is slow, what is slow once is not', async () => {
  const wait = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms); });
  expect(await fastEnough(() => wait(60), 30)).toMatchObject({ well: false });
  expect(await fastEnough((turn) => wait(turn === 2 ? 0 : 60), 30)).toMatchObject({ well: true });
});

test('what was written must be what is read', async () => {
  const settings = (read: (written: readonly unknown[]) => unknown) => {
    const written: unknown[] = [];
    return placeWhere((method, _path, body) => {
      if (method === 'PUT') written.push((body as { value: unknown }).value);
      return answer(200, { value: method === 'PUT' ? undefined : read(written) });
    });
  };
  expect(await writtenIsRead(settings((written) => written.at(-1)))).toMatchObject({ well: true });
  expect(await writtenIsRead(settings((written) => written[0]))).toMatchObject({ well: false, seen: expect.stringMatching(/\d+ was written, \{"mark":\d+\} is read/) });
  expect(await writtenIsRead(placeWhere(() => answer(404, { code: 'not_found' })))).toEqual({ well: false, seen: 'a setting could not be written: 404 not_found' });
});

test('a mail must come, at the end of a request that is taken', async () => {
  const asked: unknown[] = [];
  const ask = (method: string, path: string, body: unknown) => {
    if (path.endsWith('/journey')) return answer(200, { nodes: [{ name: 'dashboard', release: 'worktree' }] });
    if (method === 'POST') asked.push(body);
    return answer(method === 'POST' ? 202 : 200, { id: 'r1', status: 'unchanged' });
  };
  expect(await mailComes(placeWhere(ask, { letters: (word = '') => [`about ${word}`] }))).toMatchObject({ well: true });
  expect(asked).toEqual([expect.objectContaining({ workload: 'dashboard', revision: 'worktree' })]);
  expect(await mailComes(placeWhere(ask), 0.2)).toMatchObject({ well: false, seen: 'no mail within 0.2 s of the end of a request' });
  expect(await mailComes(placeWhere(() => answer(403, { code: 'forbidden' })), 0.2)).toEqual({ well: false, seen: 'a request was not taken: 403 forbidden' });
});

test('who is refused for a moment asks again; who is refused is refused', async () => {
  const answers = [answer(429, {}, { 'retry-after': '0' }), answer(503), answer(202)];
  expect((await patiently(async () => answers.shift() ?? answer(500))).status).toBe(202);
  expect((await patiently(async () => answer(409))).status).toBe(409);
  expect((await patiently(async () => answer(500), 1)).status).toBe(500);
  await expect(patiently(() => Promise.reject(new Error('away')), 1)).rejects.toThrow('away');
});

const BAD_KNOB = 9, SIGN_IN = 23, LEAK = 6, CRASH = 0, SHORT = 30;
test('each kind has the right thing in view', async () => {
  expect([BAD_KNOB, SIGN_IN, LEAK, CRASH, SHORT].map((seed) => incidentOf(seed).kind)).toEqual(['bad-knob', 'wrong-reference', 'memory-leak', 'crash', 'short-sessions']);
  const probe = (seed: number, place: Place) => incidentOf(seed).probe(place);
  let left = 30;
  expect(await probe(BAD_KNOB, placeWhere(() => answer((left -= 1) < 0 ? 429 : 200)))).toMatchObject({ well: false, seen: expect.stringContaining('11 of 40') });
  expect(await probe(BAD_KNOB, placeWhere(() => answer(200)))).toMatchObject({ well: true });
  expect(await probe(SIGN_IN, placeWhere(() => answer(200)))).toMatchObject({ well: true });
  expect(await probe(SIGN_IN, placeWhere(() => answer(200), { signIn: async () => ({ status: 404, body: {} }) }))).toMatchObject({ well: false });
  expect(await probe(SHORT, placeWhere(() => answer(200)))).toMatchObject({ well: false });
  expect(await probe(CRASH, placeWhere(() => answer(200)))).toEqual({ well: false, seen: 'it has no process' });
  const self = { process: () => ({ pid: process.pid, url: '' }) };
  const kept: Buffer[] = [];
  expect(await probe(LEAK, placeWhere(() => answer(200)))).toMatchObject({ well: false });
  const leaking = await probe(LEAK, placeWhere(() => { kept.push(Buffer.alloc(1 << 20, 1)); return answer(200); }, self));
  expect(leaking).toMatchObject({ well: false, seen: expect.stringMatching(/60 requests later it has \d+ MiB more/) });
});
