import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deploymentEnded } from '../../../services/deployment/contract.ts';
import { CliError, exit } from '../command.ts';
import { ask, refused, signIn, type Caller } from './gateway.ts';
import { follow, hasMail } from './follow.ts';

let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void = () => {};
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (c) => { body += String(c); }).on('end', () => answer(request, response, body));
});
const caller = (): Caller => ({ gateway: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), token: null, signal: new AbortController().signal });
const send = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
const failure = async (promise: Promise<unknown>): Promise<CliError> => {
  const error = await promise.then(() => undefined, (e: unknown) => e);
  if (error instanceof CliError) return error;
  throw new Error(`not a CliError: ${String(error)}`);
};

beforeAll(() => new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', () => resolve()); }));
afterAll(() => { server.close(); });

test('signs in with name and password, and carries the token from then on', async () => {
  const seen: unknown[] = [];
  answer = (request, response, body) => {
    seen.push([request.method, request.url, request.headers.authorization, body]);
    send(response, 201, { token: 't' }, { 'trace-id': 'abc' });
  };
  const signed = await signIn(caller(), 'a@b.c', 'secret words');
  expect((await ask(signed, 'GET', '/x')).traceId).toBe('abc');
  expect(seen).toEqual([
    ['POST', '/v1/tokens', undefined, '{"name":"a@b.c","password":"secret words"}'],
    ['GET', '/x', 'Bearer t', ''],
  ]);
});

test('a refusal says what was asked, why, at which hop, and the fix', async () => {
  answer = (_, response) => send(response, 502, { detail: 'auth does not answer', code: 'upstream_unavailable', at: 'auth', traceId: 'f00', fix: 'Start it.' });
  const error = await failure(signIn(caller(), 'a', 'b'));
  expect(error).toMatchObject({ code: exit.unhealthy, message: 'a could not sign in. It ended at auth.', why: 'auth does not answer (upstream_unavailable)', fix: 'Start it. See `./journey trace f00`.' });
});

test('an answer that is not JSON is still an answer', async () => {
  answer = (_, response) => send(response, 418, 'teapot');
  const got = await ask(caller(), 'GET', '/x');
  expect(got).toEqual({ status: 418, body: 'teapot', traceId: null });
  expect(refused(got, 'No.')).toMatchObject({ code: exit.failure, why: 'HTTP 418', fix: 'Run `./journey status`.' });
});

test('nobody at the door: what, why and the fix, with exit code 4', async () => {
  const error = await failure(ask({ ...caller(), gateway: new URL('http://127.0.0.1:9') }, 'GET', '/x'));
  expect(error.code).toBe(exit.unhealthy);
  expect(error.message).toContain('127.0.0.1:9');
  expect(error.fix).toContain('./journey up');
});

const hop = { spanId: '1', parentId: null, service: 's', name: 'n', kind: 'server', startedAt: 1, durationMs: 1, status: 'ok', attributes: {} };
const journey = (hops: unknown[], connected = true) => ({ traceId: 'a'.repeat(32), connected, hops, open: [], logs: [], omitted: { spans: 0, logs: 0 }, sources: { hops: 'own', logs: 'own' } });

test('follows a journey until its mail has come', async () => {
  const ended = { ...hop, spanId: '2', parentId: '1', attributes: { 'messaging.destination.name': deploymentEnded } };
  const mail = { ...hop, spanId: '3', parentId: '2', attributes: { 'mail.message_id': '<1>' } };
  const answers = [[404, {}], [200, journey([hop])], [200, journey([hop, ended, mail], false)], [200, journey([hop, ended, mail])]] as const;
  let asked = 0;
  answer = (_, response) => { const [status, body] = answers[asked++] ?? [500, {}]; send(response, status, body); };
  const found = await follow(caller(), 'a'.repeat(32), hasMail, 5_000);
  expect(asked).toBe(4);
  expect(found?.hops).toHaveLength(3);
});

test('gives back what is known when the time is over', async () => {
  answer = (_, response) => send(response, 200, journey([hop]));
  expect((await follow(caller(), 'a'.repeat(32), hasMail, 0))?.hops).toHaveLength(1);
});

test('a journey of the wrong shape is refused', async () => {
  answer = (_, response) => send(response, 200, { traceId: 1 });
  expect((await failure(follow(caller(), 'x', hasMail, 0))).message).toBe('The answer is not a journey.');
});

test('a reader who may not read is told so', async () => {
  answer = (_, response) => send(response, 403, { detail: 'needs viewer', code: 'forbidden' });
  expect((await failure(follow(caller(), 'x', hasMail, 0))).why).toBe('needs viewer (forbidden)');
});
