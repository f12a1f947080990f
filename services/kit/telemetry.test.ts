import { afterEach, expect, test } from '@jest/globals';
import { context, trace } from '@opentelemetry/api';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseEnv } from './env.ts';
import { openKit } from './open-kit.ts';
import { currentTraceId, span, traceparent, untraced } from './telemetry.ts';
import { testKit } from './test/kit.ts';
import { thing } from './test/thing.ts';

const parent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
let ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
const kitOf = () => {
  const kit = testKit(thing);
  ends.push(() => kit.close());
  return kit;
};

test('spans nest, survive awaiting, and a parent from elsewhere is continued', async () => {
  const kit = kitOf();
  await span('outer', { kind: 'consumer', parent, links: [parent, 'rubbish'] }, async () => {
    await new Promise((resolve) => { setTimeout(resolve, 1); });
    expect(currentTraceId()).toBe('a'.repeat(32));
    await span('inner', { kind: 'internal', attributes: { a: 1 } }, () => Promise.resolve());
  });
  const [inner, outer] = await kit.spans();
  expect([outer?.name, outer?.kind, outer?.parentSpanContext?.spanId, outer?.links.length]).toEqual(['outer', 4, 'b'.repeat(16), 1]);
  expect([inner?.parentSpanContext?.spanId, inner?.attributes]).toEqual([outer?.spanContext().spanId, { a: 1 }]);
  expect(outer?.resource.attributes).toMatchObject({ 'service.name': 'thing', 'deployment.environment.name': 'test', 'journey.revision': 'worktree', 'journey.config_version': expect.stringMatching(/^[0-9a-f]{12}$/), 'service.version': 'worktree', 'service.instance.id': expect.any(String) });
});

test('an ill-formed parent is ignored; who begins a trace decides whether it is recorded', async () => {
  const kit = kitOf();
  await span('a', { kind: 'server', parent: 'rubbish' }, () => Promise.resolve());
  await span('b', { kind: 'server', parent: parent.replace(/01$/, '00') }, () => Promise.resolve());
  await span('c', { kind: 'server', parent }, () => Promise.resolve());
  expect((await kit.spans()).map(({ name, parentSpanContext }) => [name, parentSpanContext?.spanId])).toEqual([['a', undefined], ['c', 'b'.repeat(16)]]);
});

test('what is thrown is noted without credentials, and thrown on', async () => {
  const kit = kitOf();
  const error = new TypeError('at postgres://u:hunter2@db');
  await expect(span('x', { kind: 'client' }, () => Promise.reject(error))).rejects.toBe(error);
  // oxlint-disable-next-line prefer-promise-reject-errors
  await expect(span('y', { kind: 'client' }, () => Promise.reject('text'))).rejects.toBe('text');
  const [x, y] = await kit.spans();
  expect([x?.status, x?.attributes['error.type']]).toEqual([{ code: 2, message: 'at postgres://[secret]@db' }, 'TypeError']);
  expect([y?.status.message, y?.attributes['error.type']]).toEqual(['text', 'unknown']);
});

test('outside of any span there is no traceparent; inside of `untraced` nothing is recorded', async () => {
  const kit = kitOf();
  expect([traceparent(), currentTraceId()]).toEqual([undefined, undefined]);
  await untraced(() => span('hidden', { kind: 'internal' }, () => Promise.resolve()));
  expect(await kit.spans()).toEqual([]);
});

interface Attribute { readonly key: string; readonly value: object }
interface Sent {
  readonly resourceSpans: readonly { resource: { attributes: readonly Attribute[] }; scopeSpans: readonly { spans: readonly object[] }[] }[];
  readonly resourceLogs: readonly { scopeLogs: readonly { logRecords: readonly object[] }[] }[];
}
interface Heard { readonly path: string; readonly authorization: string | undefined; readonly body: Sent }
async function collector(status = 200): Promise<{ server: Server; url: string; heard: Heard[]; next(): Promise<Heard> }> {
  const heard: Heard[] = [];
  const waiting: ((one: Heard) => void)[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const one = { path: request.url ?? '', authorization: request.headers.authorization, body: JSON.parse(text) as Sent };
      heard.push(one);
      waiting.shift()?.(one);
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  ends.push(async () => { server.closeAllConnections(); await new Promise((resolve) => { server.close(resolve); }); });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, next: () => new Promise((resolve) => { waiting.push(resolve); }) };
}
async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
const realKit = (url: string) => {
  const source = {
    HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', ENVIRONMENT: 'test', INSTALLATION: 'one', REVISION: 'worktree',
    TELEMETRY_URL: url, WORKLOAD_KEY: 'the-key', KEYS_URL: url, OTHER_URL: url, LOG_LEVEL: 'info',
  };
  const open = openKit(thing, parseEnv(thing, source), { destination: { write: () => undefined } });
  ends.unshift(async () => { await open.kit.telemetry.close(); await open.close(); });
  return open.kit;
};

test('spans and log lines arrive as OTLP/JSON within a second, with the key, under one trace', async () => {
  const { url, heard, next } = await collector();
  const kit = realKit(url);
  const arrived = Promise.all([next(), next()]);
  const began = performance.now();
  const id = await span('work', { kind: 'internal', attributes: { flag: true }, links: [parent] }, () => {
    untraced(() => kit.log.warn('hidden'));
    kit.log.warn('careful', { password: 'hunter2', nested: { a: 1 }, count: 3 });
    return Promise.resolve(currentTraceId());
  });
  await arrived;
  expect(performance.now() - began).toBeLessThan(1000);
  expect(heard.map(({ path, authorization }) => `${path} ${authorization}`).toSorted()).toEqual(['/v1/logs Bearer the-key', '/v1/traces Bearer the-key']);
  const spans = heard.find(({ path }) => path === '/v1/traces')?.body.resourceSpans[0];
  expect(spans?.scopeSpans[0]?.spans[0]).toMatchObject({ traceId: id, name: 'work', kind: 1, startTimeUnixNano: expect.stringMatching(/^\d{19}$/), attributes: [{ key: 'flag', value: { boolValue: true } }] });
  expect(spans?.scopeSpans[0]?.spans[0]).toMatchObject({ links: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }] });
  expect(spans?.resource.attributes).toContainEqual({ key: 'journey.revision', value: { stringValue: 'worktree' } });
  const line = heard.find(({ path }) => path === '/v1/logs')?.body.resourceLogs[0]?.scopeLogs[0]?.logRecords[0];
  expect(line).toMatchObject({ traceId: id, severityNumber: 13, severityText: 'WARN', body: { stringValue: 'careful' } });
  expect(JSON.stringify(line)).not.toMatch(/hunter2/);
  expect(JSON.stringify(heard)).not.toMatch(/hidden/);
});

test('the lines of a request that is not recorded are sent all the same, with its trace id', async () => {
  const { url, heard, next } = await collector();
  const kit = realKit(url);
  const arrived = next();
  context.with(trace.setSpanContext(context.active(), { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 0 }), () => kit.log.warn('said'));
  await arrived;
  expect(JSON.stringify(heard)).toContain(`"traceId":"${'a'.repeat(32)}"`);
});

test('a monitoring that is away or refuses neither throws nor holds anybody up', async () => {
  const refusing = await collector(503);
  for (const url of ['http://127.0.0.1:1', refusing.url]) {
    const kit = realKit(url);
    const began = performance.now();
    for (let i = 0; i < 6000; i++) await span('x', { kind: 'internal' }, () => Promise.resolve());
    kit.log.info('still here');
    expect(performance.now() - began).toBeLessThan(2000);
    const flushing = performance.now();
    await kit.telemetry.flush();
    expect(performance.now() - flushing).toBeLessThan(1500);
  }
}, 20_000);
