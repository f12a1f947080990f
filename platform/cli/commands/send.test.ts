import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { CliError, exit } from '../command.ts';
import { heard } from '../test/heard.ts';
import { command as send } from './send.ts';
import { command as trace } from './trace.ts';

const TRACE = 'a'.repeat(32);
const hop = (spanId: string, parentId: string | null, attributes = {}) => ({ spanId, parentId, service: 'gateway', name: 'hop', kind: 'server', startedAt: 1, durationMs: 1, status: 'ok', attributes });
const root = mkdtempSync(join(tmpdir(), 'send-'));
const asked: { url: string; body: string; key: string | undefined }[] = [];
let deployments: () => [status: number, body: object, headers?: Record<string, string>];
let journeys: () => [status: number, body: object];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => { body += String(chunk); }).on('end', () => {
    const key = request.headers['idempotency-key'];
    asked.push({ url: request.url ?? '', body, key: typeof key === 'string' ? key : undefined });
    const [status, answer, headers] = request.url === '/v1/tokens' ? [201, { token: 't' }, {}] : request.method === 'POST' ? deployments() : [...journeys(), {}];
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answer));
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', () => resolve()); });
  const http = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  mkdirSync(join(root, '.journey'));
  mkdirSync(join(root, 'synth', 'dev'), { recursive: true });
  writeFileSync(join(root, 'synth', 'dev', 'journey.json'), JSON.stringify({ version: 1, environment: 'dev', nodes: [], edges: [], secrets: [], knobs: [] }));
  writeFileSync(join(root, '.journey', 'credentials.json'), JSON.stringify({ name: 'cli@journey.local', password: 'a long enough word' }));
  writeFileSync(join(root, '.journey', 'state.json'), JSON.stringify({
    runner: { pid: 2, started: '1' }, environment: 'local', installation: 'x', phase: 'running', startedAt: 'now', backings: [], helpers: [],
    processes: [{ name: 'gateway', about: '', release: 'worktree', health: 'Healthy', restarts: 0, urls: { http }, log: '' }],
  }));
});
beforeEach(() => {
  asked.length = 0;
  deployments = () => [202, { id: 'r1' }, { 'trace-id': TRACE }];
  journeys = () => [200, { traceId: TRACE, connected: true, hops: [hop('1', null), hop('2', '1', { 'mail.message_id': '<m>' })], logs: [] }];
});
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});
const failure = async (promise: Promise<unknown>): Promise<CliError> => {
  const error = await promise.then(() => undefined, (e: unknown) => e);
  if (error instanceof CliError) return error;
  throw new Error(`not a CliError: ${String(error)}`);
};

test('signs in, asks once with a key of its own, and follows to the mail', async () => {
  const { io, printed, told } = heard(root);
  expect(await send.run(io, [], { workload: 'auth', reason: 'why' })).toBe(exit.ok);
  expect(asked.map((a) => a.url)).toEqual(['/v1/tokens', '/v1/deployments', `/v1/journeys/${TRACE}`]);
  expect(JSON.parse(asked[1]!.body)).toEqual({ workload: 'auth', environment: 'dev', revision: 'worktree', reason: 'why' });
  expect(asked[1]!.key).toMatch(/^[0-9a-f-]{36}$/);
  expect(printed.at(-1)).toContain('2 hops');
  expect(told).toContain('the mail was sent');
});

test('a refusal names the hop where it ended', async () => {
  deployments = () => [502, { at: 'configuration', detail: 'does not answer', code: 'upstream_timeout' }];
  expect(await failure(send.run(heard(root).io, [], {}))).toMatchObject({ code: exit.unhealthy, message: 'The deployment of gateway to dev was not taken. It ended at configuration.' });
});

test('an answer without a trace is a fault of the gateway', async () => {
  deployments = () => [202, { id: 'r1' }];
  expect((await failure(send.run(heard(root).io, [], {}))).message).toContain('no trace id');
});

test('a person other than the account of the command line needs a password from standard input', async () => {
  expect((await failure(send.run(heard(root).io, [], { as: 'a@b.c' }))).code).toBe(exit.usage);
});

test('trace prints a journey, says when there is none, and knows what an id is', async () => {
  const { io, emitted } = heard(root, true);
  expect(await trace.run(io, [TRACE], { environment: 'dev' })).toBe(exit.ok);
  expect(emitted.at(-1)).toEqual({ traceId: TRACE, connected: true, hops: 2 });
  journeys = () => [404, {}];
  expect((await failure(trace.run(io, [TRACE], {}))).message).toContain('No journey');
  expect((await failure(trace.run(io, ['x'], {}))).code).toBe(exit.usage);
  expect((await failure(trace.run(io, [], {}))).code).toBe(exit.usage);
});

test('where nothing runs, or the account is lost, the fix is `up`', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'send-'));
  mkdirSync(join(empty, 'synth'));
  expect(await failure(send.run(heard(empty).io, [], {}))).toMatchObject({ code: exit.unhealthy, message: 'Nothing runs in this checkout.' });
  rmSync(empty, { recursive: true });
  rmSync(join(root, '.journey', 'credentials.json'));
  expect((await failure(send.run(heard(root).io, [], {}))).message).toContain('no account');
});
