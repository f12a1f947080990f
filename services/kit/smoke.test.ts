import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { smoke } from './smoke.ts';
import { start, type Started } from './start.ts';
import { testKit } from './test/kit.ts';
import { thing } from './test/thing.ts';

const ok = () => Promise.resolve({ status: 200, body: {} });
const kit = testKit(thing);
let service: Started;
/** Rejects while the thing is not ready. */
let ready: () => Promise<void> = () => Promise.resolve();
beforeAll(async () => {
  service = await start(kit, { handlers: { read: ok, write: ok, remove: ok, take: ok, open: ok }, ready: { depth: () => ready() }, stop: () => Promise.resolve() });
});
afterAll(async () => { await service.stop(); await kit.close(); });

const portOf = (url: string | undefined) => Number(new URL(url ?? '').port);
const asked = (change = {}) => ({ workload: 'thing', revision: kit.standard.revision, health: portOf(service.metricsUrl), routes: portOf(service.url), ...change });
const quick = { host: '127.0.0.1', rounds: 3, everyMs: 5, withinMs: 400 };
const patient = { ...quick, withinMs: 20_000 };

test('a workload that is ready and answers as the release passes, with routes and without', async () => {
  await smoke(asked(), patient);
  await smoke({ workload: 'thing', revision: 'any', health: portOf(service.url) }, patient);
});

test.each([
  ['another release', { revision: 'sha256:other' }, /answers as the release ".+", and sha256:other was synced/],
  ['somebody else', { workload: 'other' }, /other answers as "thing"/],
  ['nobody', { health: 1 }, /thing cannot be reached/],
  ['a port without routes', { routes: 'health' }, /This listener has/],
])('%s fails, and says so', async (_, change, message) => {
  const routes = 'routes' in change ? { routes: asked().health } : {};
  await expect(smoke({ ...asked(change), ...routes }, quick)).rejects.toThrow(message);
});

test('one that is not ready fails; one that becomes ready passes only after so many good rounds in a row', async () => {
  let asks = 0;
  ready = () => Promise.reject(new Error('no water'));
  await expect(smoke(asked(), { ...quick, everyMs: 60 })).rejects.toThrow(/no water/);
  ready = () => { asks += 1; return asks === 2 || asks > 3 ? Promise.resolve() : Promise.reject(new Error('no water')); };
  // Answers are kept for 250 ms: slower than that, so that each round asks anew.
  await smoke(asked(), { ...quick, everyMs: 260, withinMs: 20_000 });
  expect(asks).toBeGreaterThanOrEqual(6);
  ready = () => Promise.resolve();
}, 30_000);

test('time that is up before enough rounds is a failure too', async () => {
  await expect(smoke(asked(), { ...quick, rounds: 50, everyMs: 40, withinMs: 300 })).rejects.toThrow(/was well [1-9] of 50 times/);
});

test('the command line: one JSON line and its exit code', async () => {
  const run = async (...args: string[]) => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('smoke-main.ts', import.meta.url)), '--workload', 'localhost', '--revision', 'r', '--seconds', '20', ...args]);
    let out = '';
    child.stdout.on('data', (data: Buffer) => { out += data.toString(); });
    const [code] = await once(child, 'close') as [number];
    return { code, line: JSON.parse(out) as Record<string, unknown> };
  };
  expect(await run('--health', String(portOf(service.metricsUrl)))).toMatchObject({ code: 0, line: { level: 'info', message: 'it answers', workload: 'localhost' } });
  expect(await run('--health', '1', '--seconds', '0')).toMatchObject({ code: 1, line: { level: 'error', message: 'it does not answer as it should' } });
}, 30_000);
