/** Server-sent events through the built dashboard: each hop of Next's server may hold bytes back, so it is tried with what is really served. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';

/** The streams that are open at the gateway. */
const open = new Set<ServerResponse>();
const gateway = createServer((_, response) => {
  open.add(response);
  response.once('close', () => open.delete(response));
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 2000\n\n');
});
let dashboard: ReturnType<typeof spawn>;
let url = '';

before(async () => {
  await once(gateway.listen(0, '127.0.0.1'), 'listening');
  dashboard = spawn(process.execPath, [join(import.meta.dirname, '../../main.ts')], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', GATEWAY_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}` }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  assert.ok(dashboard.stdout);
  for await (const line of createInterface({ input: dashboard.stdout })) {
    url = /"msg":"listening","url":"([^"]+)"/.exec(line)?.[1] ?? '';
    if (url) break;
  }
  dashboard.stdout.resume();
});
after(async () => {
  dashboard.kill('SIGKILL');
  gateway.closeAllConnections();
  await new Promise((resolve) => { gateway.close(resolve); });
});

test('the first byte comes at once, each event by itself, uncompressed; who leaves is gone at the gateway', async () => {
  const { answer, leave } = await listen();
  assert.deepEqual([answer.statusCode, answer.headers['content-type'], answer.headers['content-encoding']], [200, 'text/event-stream', undefined]);
  const chunks = answer[Symbol.asyncIterator]();
  assert.equal((await chunks.next()).value, 'retry: 2000\n\n');
  for (const text of ['data: 1\n\n', 'data: 2\n\n']) {
    for (const response of open) response.write(text);
    assert.equal((await chunks.next()).value, text);
  }
  leave();
  await until(() => open.size === 0);
});

test('fifty who come and go leave nothing open', async () => {
  const all = await Promise.all(Array.from({ length: 50 }, listen));
  await until(() => open.size === 50);
  for (const { leave } of all) leave();
  await until(() => open.size === 0);
});

test('a stopping dashboard does not wait for them', async () => {
  const { answer } = await listen();
  await once(answer, 'data');
  const began = performance.now();
  dashboard.kill('SIGTERM');
  answer.on('error', () => undefined).resume();
  await Promise.all([once(dashboard, 'exit'), new Promise((resolve) => { answer.once('close', resolve); })]);
  assert.ok(performance.now() - began < 5000, `stopped after ${Math.round(performance.now() - began)} ms`);
  await until(() => open.size === 0);
});

async function listen(): Promise<{ readonly answer: IncomingMessage; leave(): void }> {
  const asked = request(`${url}/api/v1/environments/local/events`, { agent: false, headers: { accept: 'text/event-stream', 'accept-encoding': 'gzip', 'sec-fetch-site': 'same-origin' } }).end();
  const [answer] = await once(asked, 'response') as [IncomingMessage];
  answer.setEncoding('utf8');
  return { answer, leave: () => { asked.destroy(); } };
}

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 5000;
  while (!holds()) {
    assert.ok(performance.now() < end, `not within 5 s: ${String(holds)}`);
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
}
