import { expect, test } from '@jest/globals';
import { burning, figuresIn, sum } from './figures.ts';
import { begun, failed, judged, PATIENCE, settled, told, type Look } from './rollout.ts';

const calm: Look = { now: 0, restarts: 0, unready: 0 };
const answering = { ...begun('r', 'c', 0), answersSince: 1000 };
const at = (ms: number, more: Partial<Look> = {}) => judged(answering, { ...calm, now: 1000 + ms, ...more }, PATIENCE);

test('it is Healthy when its watch went by calmly, and not before', () => {
  expect(at(14_000).phase).toBe('Progressing');
  expect(at(15_000)).toMatchObject({ phase: 'Healthy', endedAt: 16_000 });
  expect(at(15_000, { unready: 1 }).phase).toBe('Progressing');
  expect(judged(begun('r', 'c', 0), { ...calm, now: 99_000, restarts: 5 }, PATIENCE).phase).toBe('Progressing');
});

test.each<[string, Partial<Look>, RegExp]>([
  ['a crash', { restarts: 1, said: 'code 9' }, /its process ended 10 s after it began to answer: code 9/],
  ['three looks in a row without readiness', { unready: 3 }, /not ready any more/],
  ['a burnt budget', { burns: 'burns its error budget: 5 of 50' }, /burns its error budget: 5 of 50, 10 s/],
])('%s while it is watched makes it Degraded, with the evidence', (_, look, evidence) => {
  const record = at(10_000, look);
  expect([record.phase, record.evidence.join()]).toEqual(['Degraded', expect.stringMatching(evidence)]);
  expect(judged(record, { ...calm, now: 99_000 }, PATIENCE)).toBe(record);
});

test('once Healthy one crash is only a crash, three and a burnt budget are not, and after five minutes nothing is blamed on it', () => {
  const healthy = { ...answering, phase: 'Healthy' } as const;
  const later = (ms: number, more: Partial<Look>) => judged(healthy, { ...calm, now: 1000 + ms, ...more }, PATIENCE).phase;
  expect([later(60_000, { restarts: 1 }), later(60_000, { restarts: 3 }), later(60_000, { burns: 'x' }), later(301_000, { burns: 'x' })]).toEqual(['Healthy', 'Degraded', 'Degraded', 'Healthy']);
});

test('it is told in RFC 3339', () => {
  expect(told(failed(begun('r', 'c', 0), ['why'], 1000))).toEqual({ release: 'r', commit: 'c', phase: 'Degraded', startedAt: '1970-01-01T00:00:00.000Z', endedAt: '1970-01-01T00:00:01.000Z', evidence: ['why'] });
  expect(told(settled('r', 'c', 0)).phase).toBe('Healthy');
});

test('failures of its own count, those of services behind it do not', () => {
  const text = [200, 404, 500, 502, 503, 504].map((status, i) => `http_server_request_duration_seconds_count{service_name="x",http_response_status_code="${status}"} ${10 ** i}`).join('\n');
  expect(figuresIn(`# HELP x\n${text}\nhttp_server_request_duration_seconds_bucket{http_response_status_code="500"} 9\n`)).toEqual({ requests: 111_111, failures: 10_100 });
  expect(figuresIn('rubbish')).toEqual({ requests: 0, failures: 0 });
  expect(sum([{ requests: 1, failures: 0 }, { requests: 2, failures: 1 }])).toEqual({ requests: 3, failures: 1 });
});

test.each([
  [19, 19, 0.999, false], [100, 2, 0.999, false], [100, 3, 0.999, true], [1000, 14, 0.999, false], [1000, 15, 0.999, true], [100, 5, 0.995, false], [100, 8, 0.995, true], [0, 0, 0.999, false],
])('%i answers, %i failures, objective %f', (requests, failures, availability, burns) => {
  expect(burning({ requests, failures }, availability) !== undefined).toBe(burns);
});
