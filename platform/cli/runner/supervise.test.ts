import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import http from 'node:http';
import { expect, test } from '@jest/globals';
import { probe } from './probe.ts';
import { supervise, type Status, type SuperviseOptions } from './supervise.ts';
import { together } from './together.ts';

/** A supervised shell, and every state it was in. */
function watched(script: string, options: Partial<SuperviseOptions> = {}) {
  const states: Status[] = [];
  const waiting: { readonly when: (status: Status) => boolean; readonly done: () => void }[] = [];
  const it = supervise({
    spawn: () => spawn('/bin/sh', ['-c', script], { detached: true, stdio: 'ignore' }),
    probe: async () => {}, lastWords: () => 'its last words', backoffMs: () => 5, crashes: 3, readyMs: 200,
    changed(status) {
      states.push(status);
      for (const one of waiting.filter(({ when }) => when(status))) one.done();
    },
    ...options,
  });
  return { it, states, until: (when: (status: Status) => boolean) => new Promise<void>((done) => waiting.push({ when, done })) };
}

test('it is Progressing until it is ready, Healthy while it is, Missing when it was stopped', async () => {
  let asked = 0;
  const { it, states } = watched('exec sleep 60', { probe: async () => { if (++asked < 3) throw new Error('not yet'); } });
  expect(it.status().health).toBe('Missing');
  expect((await it.start()).health).toBe('Healthy');
  await it.stop();
  expect(states.map(({ health }) => health)).toEqual(['Progressing', 'Healthy', 'Missing']);
  expect(it.status().identity).toBeUndefined();
});

test('a killed process is Degraded, says why, and is started again', async () => {
  const { it, states, until } = watched('exec sleep 60');
  const { identity } = await it.start();
  const healthy = until(({ health, restarts }) => health === 'Healthy' && restarts === 1);
  process.kill(identity?.pid ?? 0, 'SIGKILL');
  await healthy;
  expect(states.find(({ health }) => health === 'Degraded')?.why).toBe('was ended by SIGKILL; it is started again. Last words: its last words');
  expect(it.status().identity?.pid).not.toBe(identity?.pid);
  await it.stop();
});

test('one that lives each time is started again however often it is killed', async () => {
  const { it, until } = watched('exec sleep 60');
  await it.start();
  for (let kill = 1; kill <= 5; kill += 1) {
    const again = until(({ health, restarts }) => health === 'Healthy' && restarts === kill);
    process.kill(it.status().identity?.pid ?? 0, 'SIGKILL');
    await again;
  }
  await it.stop();
});

test('one that never lives stays down, and says so', async () => {
  const { it } = watched('exit 3', { probe: async () => { throw new Error('no'); }, readyMs: 5000 });
  expect(await it.start()).toMatchObject({ health: 'Degraded', why: 'ended with code 3, 3 times in a row: it stays down. Last words: its last words', restarts: 2 });
  await it.stop();
});

test('one that cannot even be started says so', async () => {
  const { it } = watched('', { spawn: () => spawn('/no/such/program'), probe: async () => { throw new Error('no'); }, crashes: 1, lastWords: () => '' });
  expect((await it.start()).why).toMatch(/could not be started: .*ENOENT.*Last words: none/);
  await it.stop();
});

test('one that is not ready in time is Degraded, and Healthy when it is after all', async () => {
  let ready = false;
  const { it } = watched('exec sleep 60', { readyMs: 50, probe: async () => { if (!ready) throw new Error('database missing'); } });
  expect(await it.start()).toMatchObject({ health: 'Degraded', why: expect.stringContaining('database missing') });
  ready = true;
  await it.check();
  expect(it.status()).toMatchObject({ health: 'Healthy' });
  expect(it.status().why).toBeUndefined();
  ready = false;
  await it.check();
  expect(it.status()).toMatchObject({ health: 'Degraded', why: 'not ready: database missing' });
  await it.stop();
  await it.check();
  expect(it.status().health).toBe('Missing');
});

test('it can be stopped while it waits to be started again', async () => {
  const { it, until } = watched('exit 1', { probe: async () => { throw new Error('no'); }, backoffMs: () => 60_000, readyMs: 60_000 });
  const degraded = until(({ health }) => health === 'Degraded');
  const start = it.start();
  await degraded;
  await it.stop();
  await start;
  expect(it.status().health).toBe('Missing');
});

test('a health path is asked once: ready, not ready with its reason, nobody there, no answer', async () => {
  const server = http.createServer((request, response) => request.url === '/hang' ? undefined : response.writeHead(request.url === '/ready' ? 200 : 503).end('{"why":"database"}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(probe(`${url}/ready`)).resolves.toBeUndefined();
  await expect(probe(`${url}/readyz`)).rejects.toThrow('/readyz answers 503 {"why":"database"}');
  await expect(probe(`${url}/hang`, 50)).rejects.toThrow(/timeout/i);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await expect(probe(url)).rejects.toThrow(/ECONNREFUSED/);
});

test('so many at once, in their order; the first failure ends the rest', async () => {
  const events: string[] = [];
  let running = 0;
  await together([1, 2, 3, 4], 2, async (n) => {
    events.push(`start ${n}`);
    expect(++running).toBeLessThanOrEqual(2);
    await Promise.resolve();
    running--;
  });
  expect(events).toEqual(['start 1', 'start 2', 'start 3', 'start 4']);
  const seen: number[] = [];
  await expect(together([1, 2, 3, 4], 1, async (n) => {
    seen.push(n);
    if (n === 2) throw new Error('two');
  })).rejects.toThrow('two');
  expect(seen).toEqual([1, 2]);
});
