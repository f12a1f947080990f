import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differencesOf, filesIn, writeFolder } from './output-folder.ts';

let above: string;
let folder: string;
beforeEach(() => {
  above = mkdtempSync(join(tmpdir(), 'journey-output-'));
  folder = join(above, 'synth/dev');
});
afterEach(() => rmSync(above, { recursive: true, force: true }));

const texts = (files: Readonly<Record<string, string>>) => new Map(Object.entries(files));
const write = (files: Readonly<Record<string, string>>) => writeFolder(folder, texts(files), join(above, '.journey/scratch'));

test('a new folder is written whole, and nothing is left beside it', () => {
  expect(write({ 'a.yaml': '1', 'deep/er/b.yaml': '2' })).toEqual({ written: 2, removed: 0, unchanged: 0 });
  expect(filesIn(above)).toEqual(['synth/dev/a.yaml', 'synth/dev/deep/er/b.yaml']);
});

test('no files make an empty folder', () => {
  expect(write({})).toEqual({ written: 0, removed: 0, unchanged: 0 });
  expect(existsSync(folder)).toBe(true);
});

test('only what changed is touched; what is no longer wanted goes with its empty folders', () => {
  write({ 'a.yaml': '1', 'b.yaml': '1', 'old/er/c.yaml': '1', 'kept/d.yaml': '1', 'kept/e.yaml': '1' });
  const before = statSync(join(folder, 'a.yaml'));
  expect(write({ 'a.yaml': '1', 'b.yaml': '2', 'new/f.yaml': '1', 'kept/d.yaml': '1' })).toEqual({ written: 2, removed: 2, unchanged: 2 });
  expect(filesIn(folder)).toEqual(['a.yaml', 'b.yaml', 'kept/d.yaml', 'new/f.yaml']);
  expect(existsSync(join(folder, 'old'))).toBe(false);
  expect(statSync(join(folder, 'a.yaml')).ino).toBe(before.ino);
  expect(statSync(join(folder, 'a.yaml')).mtimeMs).toBe(before.mtimeMs);
});

test('a file may become a folder and a folder a file', () => {
  write({ 'a': '1', 'b/c': '1' });
  expect(write({ 'a/b': '2', 'b': '2' })).toMatchObject({ written: 2, removed: 2 });
  expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('2');
});

test('differences are listed by path, each with what it is', () => {
  write({ 'a': '1', 'b': '1', 'c': '1' });
  expect(differencesOf(folder, texts({ 'a': '1', 'b': '2', 'd': '1' }))).toEqual([
    { path: 'b', status: 'different' }, { path: 'c', status: 'extra' }, { path: 'd', status: 'missing' },
  ]);
  expect(differencesOf(join(above, 'none'), texts({ 'a': '1' }))).toEqual([{ path: 'a', status: 'missing' }]);
});

test('a crash while writing leaves what was there, and the next run does not stumble over the rest', () => {
  write({ 'a': '1', 'b': '1' });
  const scratch = join(above, '.journey/scratch');
  mkdirSync(join(scratch, 'deep'), { recursive: true });
  writeFileSync(join(scratch, 'deep/half'), 'ha');
  // A name that no file system takes stands for the disk that is full half-way.
  expect(() => write({ 'a': '2', ['x'.repeat(300)]: '2' })).toThrow(/ENAMETOOLONG/);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('1');
  expect(() => writeFolder(join(above, 'fresh'), texts({ 'a': '2', ['x'.repeat(300)]: '2' }), scratch)).toThrow(/ENAMETOOLONG/);
  expect(existsSync(join(above, 'fresh'))).toBe(false);
  expect(write({ 'a': '2', 'b': '2' })).toMatchObject({ written: 2 });
  expect(existsSync(scratch)).toBe(false);
});
