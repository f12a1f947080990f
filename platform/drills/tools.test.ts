import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../cli/commands/drill.ts';
import { heard } from '../cli/test/heard.ts';
import { inTime, NEVER, pick, randomOf } from './drill.ts';
import { edit, wrapApp } from './edit.ts';
import { startLoad } from './load.ts';
import { openPerson, type Person } from './person.ts';
import { answersWith, deploy, ended, merged, requestWhen } from './request.ts';
import { until } from './until.ts';

let server: Server;
let url = '';
let [signIns, tokenIsOver] = [0, false];
beforeAll(async () => {
  server = createServer((request, response) => {
    const send = (status: number, body: unknown) => response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    if (request.url === '/v1/tokens') return send(201, { token: `t${signIns += 1}` });
    if (request.url === '/openapi.json') return send(200, { info: { version: 'abc' } });
    if (tokenIsOver) { tokenIsOver = false; return send(401, {}); }
    if (request.url === '/broken') return send(503, { code: 'unavailable', detail: 'away' });
    if (request.url === '/text') return send(200, 'no json');
    if (request.url === '/v1/deployments' && request.headers.authorization === undefined) return send(409, { detail: 'held' });
    return send(request.method === 'POST' ? 202 : 200, { id: 'r1', status: 'succeeded', commit: 'c' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }));
const person = (): Person => openPerson(url, { name: 'a@example.com', password: 'x' });

test('one seed is one row of numbers, another seed another', () => {
  const row = (seed: number) => { const next = randomOf(seed); return Array.from({ length: 5 }, next); };
  expect(row(1)).toEqual(row(1));
  expect(row(1)).not.toEqual(row(2));
  expect(row(3).every((one) => one >= 0 && one < 1)).toBe(true);
  expect(pick(() => 0.99, ['a', 'b'])).toBe('b');
  expect(() => pick(() => 0, [])).toThrow('nothing to pick from');
});

test('an edit that would change nothing is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'drill-'));
  mkdirSync(join(folder, 'services/auth'), { recursive: true });
  writeFileSync(join(folder, 'services/auth/main.ts'), 'await run(auth, app);');
  wrapApp(folder, 'auth', '{ ...made, ready: {} }', '// before');
  expect(readFileSync(join(folder, 'services/auth/main.ts'), 'utf8')).toMatch(/^\/\/ before\nawait run\(auth, async \(kit\) => \{\n {2}const made = await app\(kit\);\n {2}return \{ \.\.\.made, ready: \{\} \};/);
  expect(() => edit(folder, 'services/auth/main.ts', 'not there', 'x')).toThrow('stands 0 times');
  rmSync(folder, { recursive: true });
});

test('a person signs in once, and again when the token is over', async () => {
  const one = person();
  const before = signIns;
  await one.ask('GET', '/x');
  await one.ask('GET', '/x');
  expect(signIns).toBe(before + 1);
  tokenIsOver = true;
  expect((await one.ask('GET', '/text')).body).toEqual({});
  expect(signIns).toBe(before + 2);
});

test('load counts what it asked and names what was not a good answer', async () => {
  const good = startLoad(person(), '/x', 100, 0.2);
  expect(await good.stop()).toMatchObject({ failures: [] });
  const bad = startLoad(person(), '/broken', 50, 0.1);
  await new Promise((resolve) => { setTimeout(resolve, 200); });
  const { asked, failures } = await bad.stop();
  expect([asked, failures.length, failures[0]]).toEqual([5, 5, '503 unavailable away']);
});

test('a request is asked for and followed; a workload says what it is', async () => {
  const asked = await deploy(person(), 'auth', 'worktree', 'why');
  expect((await requestWhen(person(), asked['id'], 5, ended))?.seen['status']).toBe('succeeded');
  expect([merged({ status: 'proposed' }), merged({ status: 'refused' }), merged({ commit: 'x' })]).toEqual([false, true, true]);
  expect(await answersWith(url)).toBe('abc');
  const refused: Person = { name: 'b', ask: () => Promise.resolve({ status: 409, body: { detail: 'held' }, headers: new Headers() }) };
  await expect(deploy(refused, 'auth', 'worktree', 'why')).rejects.toThrow(/was not taken: 409/);
});

test('waiting ends when it is so, and when the time is over', async () => {
  let looks = 0;
  expect((await until(5, () => Promise.resolve((looks += 1) > 2 ? 'seen' : undefined)))?.seen).toBe('seen');
  expect(await until(0.1, () => Promise.reject(new Error('x')))).toBeUndefined();
});

test('a drill that is not there, and a seed that is none, are usage errors', async () => {
  const { io } = heard('.');
  await expect(command.run(io, ['drft'], {})).rejects.toMatchObject({ code: 2, fix: expect.stringContaining('drift') });
  await expect(command.run(io, ['drift'], { seed: 'x' })).rejects.toMatchObject({ code: 2 });
});

test('a time that was missed is a failure, in a brief run a figure up to twice the limit; what never came about is always a failure', () => {
  const said = (brief: boolean, seconds: number) => {
    const told: unknown[] = [];
    inTime({ brief, check: (what, passed) => void told.push([what, passed]), figure: (name, value) => void told.push([name, value]) }, 'back', seconds, 20);
    return told;
  };
  expect(said(false, 10)).toEqual([['back', true]]);
  expect(said(false, 21)).toEqual([['back', false]]);
  expect(said(true, 10)).toEqual([['back', true]]);
  expect(said(true, 21)).toEqual([['missed in a brief run: back', 21]]);
  expect(said(true, 39)).toEqual([['missed in a brief run: back', 39]]);
  expect(said(true, 40)).toEqual([['back', false]]);
  expect(said(true, NEVER)).toEqual([['back', false]]);
});
