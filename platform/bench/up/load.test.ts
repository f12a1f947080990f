import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { golden } from './load.ts';
import { met, rowsOfLoad, textAt } from './rows.ts';

test('asks at the rate, counts only what was taken, reads the memory meanwhile', async () => {
  let seen = 0;
  const server = createServer((_, response) => { response.writeHead((seen += 1) === 2 ? 429 : 202, { 'content-type': 'application/json' }).end('{}'); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', () => resolve()); });
  const caller = { gateway: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), token: 't', signal: new AbortController().signal };
  const load = await golden(caller, 20, 0.25, async () => 7);
  server.close();
  expect(load).toMatchObject({ asked: 5, taken: 4, pssMiB: [] });
  expect(load.millis).toHaveLength(5);
  const read = { ...load, pssMiB: [7] };
  expect(() => rowsOfLoad({ first: read, answers: read, memory: read, statements: [{ requests: 100, p99: 0.01 }] }, 20)).toThrow('5 golden journeys were asked for and 4 were taken');
});

test('memory is judged by its largest value, answers by their p99', () => {
  const slow = { asked: 3, taken: 3, millis: [1, 2, 300], pssMiB: [100, 2000] };
  const rows = rowsOfLoad({ first: slow, answers: slow, memory: slow, statements: [{ requests: 100, p99: 0.01 }, { requests: 100, p99: 0.06 }, { requests: 99, p99: 7 }] }, 10);
  expect(rows.map((row) => [row.figure[row.judged], met(row)])).toEqual([[2000, false], [300, true], [300, false], [60, false]]);
  const quick = { asked: 1, taken: 1, millis: [5], pssMiB: [100] };
  expect(rowsOfLoad({ first: slow, answers: quick, memory: quick, statements: [{ requests: 200, p99: 0.05 }] }, 10).every(met)).toBe(true);
  expect(() => rowsOfLoad({ first: slow, answers: quick, memory: quick, statements: [{ requests: 99, p99: 0.05 }] }, 10)).toThrow('No SQL statement was seen 100 times');
});

test('a value is found by name in a list, and missed by its path', () => {
  const status = { processes: [{ name: 'gateway', urls: { http: 'here' } }] };
  expect(textAt(status, 'processes', 'gateway', 'urls', 'http')).toBe('here');
  expect(() => textAt(status, 'processes', 'auth', 'urls')).toThrow('No processes.auth.urls.');
});
