import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { endAll } from './end.ts';
import { identityOf, isAlive } from './identity.ts';

const sleeper = (script = 'echo up; sleep 60 & wait') => spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
const known = (pid: number | undefined) => {
  const identity = identityOf(pid ?? 0);
  if (!identity) throw new Error('no such process');
  return identity;
};

test('a process is itself, and not another one with its number', () => {
  const me = known(process.pid);
  expect(isAlive(me)).toBe(true);
  expect(isAlive({ ...me, started: `${me.started}1` })).toBe(false);
  expect(identityOf(2 ** 22 + 1)).toBeUndefined();
});

test('a zombie is not alive', async () => {
  // The shell becomes `sleep`, which never asks how its child ended.
  const child = spawn('/bin/sh', ['-c', 'sh -c "echo \\$\\$; exit" & exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [pid] = await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(identityOf(Number(String(pid)))).toBeUndefined();
  child.kill('SIGKILL');
});

test('a group is ended together, and by force when it does not listen', async () => {
  const child = sleeper('trap "" TERM; echo up; sleep 60 & wait; sleep 60');
  await once(child.stdout, 'data');
  const identity = known(child.pid);
  const ended = await endAll([identity], 'SIGTERM', 100);
  expect(ended).toEqual([identity]);
  expect(isAlive(identity)).toBe(false);
});

test('one that listens is not forced; one whose number was reused is left alone', async () => {
  const child = sleeper();
  await once(child.stdout, 'data');
  const identity = known(child.pid);
  expect(await endAll([{ ...identity, started: 'another' }])).toEqual([]);
  expect(isAlive(identity)).toBe(true);
  const exit = once(child, 'exit');
  await endAll([identity]);
  expect((await exit)[1]).toBe('SIGTERM');
});
