import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { heard } from '../../cli/test/heard.ts';
import type { DrillRun } from '../drill.ts';
import type { Person } from '../person.ts';
import { saidIn } from './by-browser.ts';
import { pullIn } from './by-command.ts';
import { sha256, unfenced } from './diffs.ts';
import { answersWithLimit, limitIn, OPEN_LIMITS } from './limit.ts';
import { underLoad } from './under-load.ts';

let server: Server;
let url = '';
beforeAll(async () => {
  server = createServer((_, response) => response.writeHead(200, { 'ratelimit-policy': '"person";q=250;w=1' }).end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }));
const person = (status = 200): Person => ({
  name: 'a@example.com',
  async ask() {
    const answer = await fetch(url);
    return { status, body: { code: 'unavailable' }, headers: answer.headers };
  },
});

test('what a gateway says of its limit', async () => {
  expect(limitIn(new Headers({ 'ratelimit-policy': '"address";q=5;w=1' }))).toBe(5);
  expect(limitIn(new Headers())).toBeUndefined();
  expect(await answersWithLimit(person(), 250, 3)).toBe(true);
  expect(await answersWithLimit(person(), 200, 1)).toBeUndefined();
  expect(OPEN_LIMITS).not.toContain(200);
});

test('the text of a pull request, without what a forge takes for markup', () => {
  expect(unfenced('why\n\n```text\na\n  b\n```\n\nKind: knob\n')).toBe('a\n  b\n');
  expect(unfenced('````text\na\n```\nb\n````')).toBe('a\n```\nb\n');
  expect(unfenced('none')).toBeUndefined();
});

test('the number of a pull request', () => {
  expect(pullIn('{"id":"x","pull":12,"status":"proposed"}\n')).toBe('12');
  expect(pullIn('{"error":{}}')).toBe('');
});

test('what the browser test said', () => {
  const hash = sha256('a');
  const tap = `# diff of pull request 3: sha256 ${hash}\n    # merge to healthy: 5210 ms\n# rollback to the old value answering: 6000 ms\n# pass 1\n# fail 0\n# cancelled 0\n# skipped 0\n`;
  expect(saidIn(tap)).toEqual({ passed: true, healthy: 5.21, back: 6, pull: { number: '3', sha256: hash } });
  expect(saidIn('# pass 0\n# fail 1\n')).toEqual({ passed: false });
});

test('what fails under load is judged, and told; so is a load that was none', async () => {
  const { io, told } = heard('.');
  const results: [string, boolean][] = [];
  const at = { io, figure: () => undefined, check: (what: string, passed: boolean) => void results.push([what, passed]) } as unknown as DrillRun;
  const pause = () => new Promise<string>((resolve) => { setTimeout(() => resolve('done'), 200); });
  expect(await underLoad(at, person(), 'good', pause)).toBe('done');
  await underLoad(at, person(503), 'bad', pause);
  await expect(underLoad(at, person(), 'ends', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
  expect(results.filter(([what]) => what.includes('failed'))).toEqual([['good: 0 failed requests at 50/s', true], ['bad: 0 failed requests at 50/s', false], ['ends: 0 failed requests at 50/s', true]]);
  expect(results.filter(([what]) => what.includes('what it says')).every(([, passed]) => passed)).toBe(true);
  expect(told.some((line) => line.includes('failed request: 503 unavailable'))).toBe(true);
});
