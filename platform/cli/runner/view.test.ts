import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { command as down } from '../commands/down.ts';
import { command as reset } from '../commands/reset.ts';
import { command as status } from '../commands/status.ts';
import { styleFor } from '../style.ts';
import { fakeIo } from '../test/fake-io.ts';
import { folderOf, type Folder } from './folder.ts';
import { identityOf, isAlive } from './identity.ts';
import { endLeftovers } from './leftovers.ts';
import { take } from './lock.ts';
import { toldAsModel } from './prepare.ts';
import { stateFile, type ProcessState, type RunState } from './state.ts';
import { printTable } from './table.ts';
import { installationView } from './view.ts';

let folder: Folder;
const children: ChildProcess[] = [];
beforeEach(() => { folder = folderOf(mkdtempSync(join(tmpdir(), 'journey-view-'))); });
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder.root, { recursive: true });
});
const me = identityOf(process.pid) ?? { pid: process.pid, started: '' };
const one = (name: string, more: Partial<ProcessState>): ProcessState => ({ name, about: '', release: 'worktree', health: 'Healthy', restarts: 0, urls: { http: 'http://127.0.0.1:1' }, log: '/l', ...more });
const state = (processes: ProcessState[]): RunState => ({ runner: me, environment: 'local', installation: 'abcd', phase: 'running', startedAt: 'now', processes, backings: [], helpers: [] });
async function viewOf(processes: ProcessState[]) {
  stateFile(folder.state).write(state(processes));
  return installationView(folder);
}

test('nothing to show where nothing was written', async () => expect(await installationView(folder)).toBeUndefined());

test('notes are checked against the processes themselves', async () => {
  const server = http.createServer((request, response) => response.writeHead(request.url === '/ready' ? 200 : 503).end('no'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gone = { pid: process.pid, started: 'before' };
  const view = await viewOf([
    one('well', { identity: me, ready: `${url}/ready`, health: 'Degraded', why: 'was' }), one('sick', { identity: me, ready: `${url}/sick` }), one('sicker', { identity: me, ready: `${url}/sick`, why: 'known' }),
    one('gone', { identity: gone }), one('down', { health: 'Degraded', why: 'crashed' }), one('new', { identity: me, health: 'Progressing', ready: `${url}/sick` }), one('postgres', { identity: me }),
  ]);
  await new Promise((resolve) => server.close(resolve));
  expect(view?.phase).toBe('stopped');
  expect(view?.processes.map(({ name, health, why, pid }) => [name, health, why, pid !== null])).toEqual([
    ['well', 'Healthy', undefined, true], ['sick', 'Degraded', 'not ready: /sick answers 503 no', true], ['sicker', 'Degraded', 'known', true],
    ['gone', 'Missing', 'its process is gone', false], ['down', 'Degraded', 'crashed', false], ['new', 'Progressing', undefined, true],
  ]);
  expect(view?.postgres).toMatchObject({ health: 'Healthy', instance: 'postgres@abcd' });
  take(folder.lock);
  expect((await installationView(folder))?.phase).toBe('running');
});

test('the table shows reasons safely, in colour on a terminal, and a link without a password', async () => {
  const view = await viewOf([one('a', { health: 'Degraded', why: 'bad \u001B[31m' }), one('b', { health: 'Progressing', urls: {} })]);
  if (!view) throw new Error('no view');
  const io = { ...fakeIo(), style: styleFor(true, {}) };
  printTable(io, { ...view, pssMiB: null, backings: [{ name: 'x', kind: 'cache', provider: 'external' }] }, { name: 'admin', link: 'http://l' });
  const text = io.out.join('\n');
  expect(text).toContain('\\u001b[31m');
  expect(text).toContain('\u001B[33mProgressing');
  expect(text).toContain('not embedded: x ()');
  expect(text).not.toMatch(/password|PSS/);
});

test('a server that nobody noted is found by its own note, if it serves this folder', async () => {
  const data = join(folder.data, 'postgres');
  mkdirSync(data, { recursive: true });
  const note = (pid: number | undefined) => writeFileSync(join(data, 'postmaster.pid'), `${pid}\n${data}\n`);
  const server = spawn('/bin/sh', ['-c', 'echo up; read -r _', 'postgres', data], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  const stranger = spawn('/bin/sh', ['-c', 'echo up; read -r _'], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  children.push(server, stranger);
  await Promise.all([once(server.stdout, 'data'), once(stranger.stdout, 'data')]);
  note(stranger.pid);
  expect(await endLeftovers(folder)).toBe(0);
  note(server.pid);
  expect(await endLeftovers(folder)).toBe(1);
  note(server.pid);
  expect(await endLeftovers(folder)).toBe(0);
  const strange = identityOf(stranger.pid ?? 0);
  expect(strange && isAlive(strange)).toBe(true);
});

test('damaged notes lock nobody out: what they still name is ended, and they are removed', async () => {
  const left = spawn('/bin/sh', ['-c', 'echo up; read -r _'], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  children.push(left);
  await once(left.stdout, 'data');
  const identity = identityOf(left.pid ?? 0) ?? me;
  stateFile(folder.state).write(state([one('left', { identity })]));
  writeFileSync(folder.state, readFileSync(folder.state, 'utf8').slice(0, -20));
  const io = fakeIo({ root: folder.root });
  await expect(status.run(io, [], {})).rejects.toMatchObject({ code: 1, fix: expect.stringContaining('./journey down') });
  expect(await down.run(io, [], {})).toBe(0);
  expect(isAlive(identity)).toBe(false);
  expect(existsSync(folder.state)).toBe(false);
  expect(io.told.join('\n')).toMatch(/state\.json is damaged.*it is removed/);
  writeFileSync(folder.state, '{');
  expect(await reset.run(io, [], { yes: true })).toBe(0);
  expect(existsSync(folder.state)).toBe(false);
});

test('an error while the model is read names its line; other errors stay what they are', () => {
  const error = new ReferenceError('auht is not defined');
  error.stack = 'ReferenceError: auht is not defined\n    at ref (file:///tmp/a%20b/platform/model/reference.ts:21:7)\n    at file:///tmp/a%20b/platform/workloads/gateway.ts:15:19';
  expect(toldAsModel(error, '/tmp/a b')).toMatchObject({ code: 3, message: 'The model cannot be read at platform/workloads/gateway.ts:15.' });
  error.stack = '';
  expect(toldAsModel(error)).toMatchObject({ code: 3, message: 'The model cannot be rendered.' });
  const other = new Error('x');
  expect(toldAsModel(other)).toBe(other);
});
