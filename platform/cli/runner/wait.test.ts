import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { upWith } from '../commands/up.ts';
import { Interrupted } from '../report.ts';
import { fakeIo, type FakeIo } from '../test/fake-io.ts';
import { folderOf, type Folder } from './folder.ts';
import { identityOf } from './identity.ts';
import { release, take } from './lock.ts';
import { stateFile, type ProcessState, type RunState } from './state.ts';

let folder: Folder;
beforeEach(() => {
  folder = folderOf(mkdtempSync(join(tmpdir(), 'journey-wait-')));
  take(folder.lock);
});
afterEach(() => rmSync(folder.root, { recursive: true }));

const me = identityOf(process.pid) ?? { pid: process.pid, started: '' };
const one = (name: string, more: Partial<ProcessState> = {}): ProcessState => ({ name, about: '', release: 'worktree', health: 'Healthy', restarts: 0, urls: {}, log: '/l', identity: me, ...more });
const write = (phase: RunState['phase'], ...processes: ProcessState[]) =>
  stateFile(folder.state).write({ runner: me, environment: 'local', installation: 'abcd', phase, startedAt: 'now', processes, backings: [], helpers: [] });
const up = (io: FakeIo, waitMs = 20_000) => upWith({ model: () => Promise.reject(new Error('not asked')), script: '', waitMs }).run(io, [], {});
/** An `Io` on which `then` happens at the first word of progress. */
function atProgress(then: () => void, signal?: AbortSignal): FakeIo {
  const io = fakeIo({ root: folder.root, ...(signal ? { signal } : {}) });
  return { ...io, progress: (title) => ({ ...io.progress(title), update: (text) => { io.told.push(text); then(); } }) };
}

test('a healthy one is shown', async () => {
  write('running', one('auth'));
  expect(await up(fakeIo({ root: folder.root }))).toBe(0);
});

test('a sick one is named, and is 4', async () => {
  write('running', one('auth'), one('gateway', { health: 'Degraded', why: 'crashed' }));
  await expect(up(fakeIo({ root: folder.root }))).rejects.toMatchObject({ code: 4, message: 'not everything is healthy: gateway', why: expect.stringContaining('crashed') });
});

test('one that is being started is waited for', async () => {
  write('starting', one('auth', { health: 'Progressing' }));
  const io = atProgress(() => write('running', one('auth')));
  expect(await up(io)).toBe(0);
  expect(io.told).toContain('waiting for auth');
});

test('also before it wrote anything down', async () => {
  const io = atProgress(() => write('running', one('auth')));
  expect(await up(io)).toBe(0);
  expect(io.told).toContain('it has just begun');
});

test('notes of a killed runner do not count', async () => {
  write('running', one('old'));
  const old = stateFile(folder.state).read();
  if (old) stateFile(folder.state).write({ ...old, runner: { pid: 2 ** 22 + 1, started: 'long ago' } });
  const io = atProgress(() => write('running', one('auth')));
  expect(await up(io)).toBe(0);
  expect(io.out.join('\n')).toContain('auth');
});

test('the wait ends: with its time, with its runner, and with ^C', async () => {
  write('starting', one('auth', { health: 'Progressing' }));
  await expect(up(fakeIo({ root: folder.root }), 0)).rejects.toMatchObject({ code: 4, message: expect.stringContaining('auth') });
  const interrupt = new AbortController();
  await expect(up(atProgress(() => interrupt.abort(new Interrupted()), interrupt.signal))).rejects.toThrow(Interrupted);
  await expect(up(atProgress(() => release(folder.lock)))).rejects.toMatchObject({ code: 1, message: expect.stringContaining('ended before') });
});
