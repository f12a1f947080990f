import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { forgetBuilt, keepBuilt, takeBuilt } from './built.ts';

let root = '';
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'built-')); });
afterEach(() => rmSync(root, { recursive: true }));
const at = (checkout: string, file = '') => join(root, checkout, 'dashboard', '.next', file);
const build = (checkout: string, files: Readonly<Record<string, string>>) => {
  mkdirSync(at(checkout), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(at(checkout, file), text);
};

test('what was built in one checkout is copied into another, when its build has ended and not before', async () => {
  build('one', { page: 'half' });
  const kept = keepBuilt(root, join(root, 'one'), new AbortController().signal);
  takeBuilt(root, join(root, 'early'));
  expect(existsSync(at('early'))).toBe(false);
  build('one', { page: 'whole', 'built-from': 'hash' });
  await kept;
  takeBuilt(root, join(root, 'two'));
  expect([readFileSync(at('two', 'page'), 'utf8'), readFileSync(at('two', 'built-from'), 'utf8')]).toEqual(['whole', 'hash']);
  forgetBuilt(root);
  takeBuilt(root, join(root, 'three'));
  expect(existsSync(at('three'))).toBe(false);
});

test('nobody waits for a build that will not come', async () => {
  const over = new AbortController();
  const kept = keepBuilt(root, join(root, 'one'), over.signal);
  over.abort();
  await kept;
  await keepBuilt(root, join(root, 'one'), AbortSignal.abort());
  takeBuilt(root, join(root, 'two'));
  expect(existsSync(at('two'))).toBe(false);
});
