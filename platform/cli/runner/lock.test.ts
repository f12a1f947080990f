import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { identityOf } from './identity.ts';
import { holderOf, release, take } from './lock.ts';

let folder = '';
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'journey-lock-')); });
afterEach(() => rmSync(folder, { recursive: true }));

test('the first gets it, the second learns who has it, after release it is free', () => {
  const path = join(folder, 'below/run.lock');
  expect(take(path)).toBeUndefined();
  expect(take(path)).toEqual(identityOf(process.pid));
  expect(holderOf(path)?.pid).toBe(process.pid);
  release(path);
  expect(holderOf(path)).toBeUndefined();
});

test.each([
  ['a dead process', JSON.stringify({ pid: 2 ** 22 + 1, started: 'x' })],
  ['a reused number', JSON.stringify({ pid: process.pid, started: 'before' })],
  ['rubbish', 'rubbish'], ['another shape', '{"pid":"1"}'],
])('a lock of %s is nobody\'s', (_, content) => {
  const path = join(folder, 'run.lock');
  writeFileSync(path, content);
  expect(holderOf(path)).toBeUndefined();
  expect(take(path)).toBeUndefined();
  expect(holderOf(path)?.pid).toBe(process.pid);
});
