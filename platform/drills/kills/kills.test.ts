import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from '../person.ts';
import type { Request } from '../request.ts';
import type { Site } from '../site.ts';
import { knobIn, revisionIn, type Change } from './change.ts';
import { follow } from './follow.ts';
import { strayRefs } from './judge.ts';
import { oddIn, processesIn } from './processes.ts';

let folder = '';
let child: ChildProcess;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kills-')));
  child = spawn(process.execPath, ['-e', 'process.stdout.write("here"); setInterval(() => {}, 1000)', 'services/auth/main.ts'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  if (child.stdout) await once(child.stdout, 'data');
});
afterAll(async () => {
  child.kill('SIGKILL');
  await once(child, 'exit');
  rmSync(folder, { recursive: true });
});

test('the processes of a folder, and what is odd about them', () => {
  const running = processesIn(folder);
  expect(running.map(({ pid }) => pid)).toEqual([child.pid]);
  expect(oddIn(running, ['auth'])).toEqual([]);
  expect(oddIn(running, ['auth', 'dashboard'])).toEqual(['0 processes of dashboard']);
  expect(oddIn([...running, ...running, { pid: 7, command: 'node platform/cli/main.ts propose --json' }], ['auth'])).toEqual(['2 processes of auth', 'process 7 is left: node platform/cli/main.ts propose --json']);
});

test('what main says', () => {
  expect(revisionIn('{"auth":{"revision":"worktree"}}', 'auth')).toBe('worktree');
  expect(revisionIn('{}', 'auth')).toBe('');
  expect(knobIn("knobs: { logLevel: 'info', rateLimit: 200 },", 'rateLimit')).toBe('200');
  expect(knobIn('', 'rateLimit')).toBe('');
});

test('a branch of a proposal is left over', () => {
  expect(strayRefs(['refs/heads/main', 'refs/heads/drills/0a1b', 'refs/pulls/3/record', 'refs/journey/checkout', 'refs/journey/holds', 'refs/heads/change/3'])).toEqual(['refs/heads/change/3 is left']);
});

const answer = (status: number, body: Request): Answer => ({ status, body, headers: new Headers() });
/** Somebody whom each ask gets the next answer, and what they asked. */
function person(answers: readonly (Answer | Error)[]) {
  const asked: (readonly unknown[])[] = [];
  return {
    asked, name: 'a@example.com',
    async ask(...one: readonly unknown[]) {
      const next = answers[asked.push(one) - 1];
      if (next === undefined || next instanceof Error) throw next ?? new Error('asked too often');
      return next;
    },
  };
}
const change = { path: '/v1/changes', ask: { knob: 'rateLimit' }, guarded: true } as unknown as Change;

test('a change is asked for with one key until it is taken, decided by the second person, and followed to its end', async () => {
  const operator = person([new Error('away'), answer(502, {}), answer(202, { id: 'r', status: 'requested' }), answer(200, { id: 'r', status: 'proposed', pull: 3 }), answer(504, {}), answer(200, { id: 'r', status: 'succeeded' })]);
  const admin = person([answer(200, { pull: { state: 'open', head: 'h', needed: 1, approvals: [] } }), answer(200, {}), answer(200, {})]);
  const following = follow({ operator, admin } as unknown as Site, change, 'k');
  expect(following.state()).toBe('not asked yet');
  expect(await following.done).toEqual({ id: 'r', status: 'succeeded' });
  expect(operator.asked.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => ['POST', '/v1/changes', { knob: 'rateLimit' }, { 'idempotency-key': 'k' }]));
  expect(admin.asked.map(([, path]) => path)).toEqual(['/v1/pulls/3', '/v1/pulls/3/approval', '/v1/pulls/3/merge']);
});

test('what is approved is only merged, and what is merged is left alone', async () => {
  const operator = person([answer(202, { id: 'r', status: 'proposed', pull: 3 }), answer(200, { id: 'r', status: 'proposed', pull: 3 }), answer(200, { id: 'r', status: 'failed' })]);
  const admin = person([answer(200, { pull: { state: 'open', head: 'h', needed: 0, approvals: [{ commit: 'h' }] } }), answer(409, {}), answer(200, { pull: { state: 'merged' } })]);
  expect(await follow({ operator, admin } as unknown as Site, change, 'k').done).toEqual({ id: 'r', status: 'failed' });
  expect(admin.asked.map(([, path]) => path)).toEqual(['/v1/pulls/3', '/v1/pulls/3/merge', '/v1/pulls/3']);
});

test('what is refused is no change', async () => {
  await expect(follow({ operator: person([answer(409, { detail: 'held' })]) } as unknown as Site, change, 'k').done).rejects.toThrow('it was not taken: 409');
});
