import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import type { GuardPolicy } from './guard-policy.ts';
import { PRELOAD } from './launch.ts';

const policy: GuardPolicy = { workload: 'w', folder: 'services/w', allow: [], known: [] };
/** Runs a script as the runner runs a service. */
function service(script: string, env: Record<string, string> = {}) {
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { NODE_OPTIONS: PRELOAD, JOURNEY_GUARD: JSON.stringify(policy), JOURNEY_LIFELINE: '3', ...env }, stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  return Object.assign(child, { stdout: child.stdout as Readable, stderr: child.stderr as Readable });
}

test('threads are guarded too, also with an environment of their own', async () => {
  // Nobody listens on port 1: without the guard the code would be ECONNREFUSED.
  const inside = "import('node:net').then(({ default: net }) => net.connect({ host: '127.0.0.1', port: 1 }).on('error', (e) => console.log(e.code)))";
  const child = service(`import { Worker } from 'node:worker_threads';
    for (const options of [{ env: {} }, { execArgv: [] }, {}]) await new Promise((done) => new Worker(${JSON.stringify(inside)}, { eval: true, ...options }).on('exit', done));`);
  expect((await text(child.stdout)).trim().split('\n')).toEqual(['EJOURNEYDENIED', 'EJOURNEYDENIED', 'EJOURNEYDENIED']);
}, 30_000);

test('when the runner is gone the process ends by SIGTERM, and by force if it does not', async () => {
  const child = service("process.on('SIGTERM', () => console.log('asked')); console.log('up'); setInterval(() => {}, 1000);");
  await once(child.stdout, 'data');
  child.stdio[3]?.destroy();
  const [[, signal], said] = await Promise.all([once(child, 'exit'), text(child.stdout)]);
  expect(said.trim()).toBe('asked');
  expect(signal).toBe('SIGKILL');
}, 30_000);

test('the pipe does not keep a process alive that has nothing left to do', async () => {
  const child = service("console.log('done')");
  expect((await once(child, 'exit'))[0]).toBe(0);
}, 30_000);

test('without a policy nothing starts', async () => {
  const child = service("console.log('ran')", { JOURNEY_GUARD: '{}' });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(out).toBe('');
  expect(err).toMatch(/JOURNEY_GUARD/);
}, 30_000);
