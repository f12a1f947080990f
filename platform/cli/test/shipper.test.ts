import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { until } from '../../../services/kit/test/until.ts';
import { startShipper } from './shipper.ts';

let folder: string;
let server: Server;
const [asked, answer] = [[] as { readonly path: string; readonly body: string }[], { status: 200, body: '{"errors":false}' }];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journey-test-shipper-'));
  asked.length = 0;
  server = createServer((request, response) => void text(request).then((body) => {
    asked.push({ path: request.url ?? '', body });
    response.writeHead(answer.status).end(answer.body);
  }));
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
});
afterEach(async () => {
  Object.assign(answer, { status: 200, body: '{"errors":false}' });
  await new Promise((resolve) => { server.close(resolve); });
  await rm(folder, { recursive: true, force: true });
});
const ship = () => startShipper(folder, ['auth', 'gateway'], new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/journey-1`));
const line = (more: object) => `${JSON.stringify({ time: '2026-01-02T03:04:05.678Z', level: 'info', message: 'hello', 'service.name': 'auth', ...more })}\n`;

test('each line of the kit once, in the fields of the Elastic Common Schema, with labels as texts', async () => {
  const log = join(folder, 'auth.log');
  await writeFile(log, `(node:1) Warning\n${line({ trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16), ms: 1.5, route: '/v1/x', error: { type: 'E' } })}`);
  const shipper = ship();
  await until('the first is there', () => shipper.shipped() === 1);
  await appendFile(log, line({}));
  await until('the second is there', () => shipper.shipped() === 2);
  await shipper.stop();
  expect(asked.map(({ path }) => path)).toEqual(['/journey-1/_bulk?refresh=true', '/journey-1/_bulk?refresh=true']);
  const told = asked.map(({ body }) => body.trim().split('\n').map((one) => JSON.parse(one) as unknown));
  const common = { '@timestamp': '2026-01-02T03:04:05.678Z', service: { name: 'auth' }, log: { level: 'info' }, message: 'hello' };
  expect(told).toEqual([
    [{ create: {} }, { ...common, trace: { id: 'a'.repeat(32) }, span: { id: 'b'.repeat(16) }, labels: { ms: '1.5', route: '/v1/x', error: '{"type":"E"}' } }],
    [{ create: {} }, { ...common, labels: {} }],
  ]);
});

test.each([[400, 'no'], [200, '{"errors":true,"items":[{"create":{"error":{"type":"mapper_parsing_exception"}}}]}']])('what is refused (%i) is told to who stops it', async (status, body) => {
  Object.assign(answer, { status, body });
  await writeFile(join(folder, 'gateway.log'), line({}));
  const shipper = ship();
  await until('it was asked', () => asked.length > 0);
  await expect(shipper.stop()).rejects.toThrow(`_bulk answered ${status}`);
  expect(shipper.shipped()).toBe(0);
});
