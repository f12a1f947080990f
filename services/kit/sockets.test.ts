import { afterAll, afterEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch } from 'undici';
import { socketsOf } from './sockets.ts';

const folder = mkdtempSync(join(tmpdir(), 'sockets-'));
const children: ChildProcess[] = [];
afterEach(() => { for (const child of children.splice(0)) child.kill('SIGKILL'); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Socket { readonly fd: number; readonly port: number }
/** Bound and not listened on, as the runner hands it over. */
function socket(): Socket {
  const make = Reflect.get(net, '_createServerHandle') as (host: string, port: number, type: number) => { readonly fd: number; getsockname(out: object): number };
  const handle = make('127.0.0.1', 0, 4);
  const at = { port: 0 };
  handle.getsockname(at);
  handles.push(handle);
  return { fd: handle.fd, port: at.port };
}
/** A handle that is collected closes its descriptor. */
const handles: unknown[] = [];

/** A whole service as a process that serves from these sockets; it names its release in /openapi.json. */
function release(revision: string, sockets: readonly Socket[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test/main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit', ...sockets.map(({ fd }) => fd)],
    env: {
      PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', ENVIRONMENT: 'test', INSTALLATION: 'one', REVISION: revision, TELEMETRY_URL: 'http://127.0.0.1:1',
      WORKLOAD_KEY: 'k', KEYS_URL: 'http://127.0.0.1:1', OTHER_URL: 'http://127.0.0.1:1', LOG_LEVEL: 'debug', LISTEN_FDS: '3', LISTEN_FDNAMES: 'http:metrics:probe', ...env,
    },
  });
  children.push(child);
  const said = (word: string) => new Promise<void>((resolve) => { child.stdout?.on('data', (data) => { if (String(data).includes(word)) resolve(); }); });
  return { child, listening: said('"listening"'), started: said('"started"'), ended: new Promise<number | null>((resolve) => { child.once('exit', resolve); }) };
}
const ask = async (port: number, path: string, dispatcher?: Agent) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { ...(dispatcher ? { dispatcher } : {}), signal: AbortSignal.timeout(5000) });
  return { status: answer.status, body: (await answer.json()) as { readonly detail?: string; readonly info?: { readonly version: string } } };
};

test('descriptors are named in their order, from 3', () => {
  expect(socketsOf({ LISTEN_FDS: '3', LISTEN_FDNAMES: 'http:metrics:probe' })).toEqual({ http: 3, metrics: 4, probe: 5 });
  for (const none of [{}, { LISTEN_FDS: '0' }, { LISTEN_FDS: 'x', LISTEN_FDNAMES: 'http' }, { LISTEN_FDS: '-1' }]) expect(socketsOf(none)).toBeUndefined();
});

test('nothing is accepted before the checks pass; the probe says what is missing', async () => {
  const [http, metrics, probe] = [socket(), socket(), socket()];
  const file = join(folder, 'ready');
  const one = release('a', [http, metrics, probe], { READY_FILE: file });
  await one.started;
  expect(await ask(probe.port, '/readyz')).toMatchObject({ status: 503, body: { detail: expect.stringContaining('Not ready: FILE') } });
  await expect(ask(http.port, '/openapi.json')).rejects.toThrow();
  writeFileSync(file, '');
  await one.listening;
  expect((await ask(probe.port, '/readyz')).status).toBe(200);
  expect((await ask(http.port, '/openapi.json')).body.info?.version).toBe('a');
}, 20_000);

test('one release takes the place of another without a failed request, on kept connections and on new ones', async () => {
  const [http, metrics] = [socket(), socket()];
  const old = release('old', [http, metrics, socket()]);
  await old.listening;
  const kept = new Agent({ connections: 8 });
  const answers: (string | undefined)[] = [];
  const load = { on: true };
  const callers = Array.from({ length: 4 }, async (_, i) => {
    while (load.on) {
      const own = i % 2 === 0 ? kept : new Agent({ connections: 1 });
      answers.push((await ask(http.port, '/openapi.json', own)).body.info?.version);
      if (own !== kept) await own.close();
    }
  });
  const next = release('new', [http, metrics, socket()]);
  await next.listening;
  old.child.kill('SIGUSR2');
  expect(await old.ended).toBe(0);
  const after = answers.length;
  while (answers.length < after + 20) await new Promise((resolve) => { setTimeout(resolve, 10); });
  load.on = false;
  await Promise.all(callers);
  expect(new Set(answers)).toEqual(new Set(['old', 'new']));
  expect(new Set(answers.slice(after))).toEqual(new Set(['new']));
  await kept.close();
}, 40_000);

test('a hurried stop ends a gentle one', async () => {
  const [http, metrics, probe] = [socket(), socket(), socket()];
  const one = release('one', [http, metrics, probe]);
  await one.listening;
  const agent = new Agent();
  await ask(http.port, '/openapi.json', agent); // stays open, idle
  one.child.kill('SIGUSR2');
  while ((await ask(probe.port, '/readyz')).status !== 503) await new Promise((resolve) => { setTimeout(resolve, 10); });
  const started = performance.now();
  one.child.kill('SIGTERM');
  expect(await one.ended).toBe(0);
  expect(performance.now() - started).toBeLessThan(3000);
  await agent.close();
}, 20_000);
