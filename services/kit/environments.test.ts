import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { absent, environmentsIn } from './environments.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'environments-'));
  for (const name of ['local', 'dev', 'argocd', 'Strange']) await mkdir(join(folder, name));
  for (const name of ['local', 'dev', 'Strange', '.']) await writeFile(join(folder, name, 'journey.json'), '{}');
});
afterAll(() => rm(folder, { recursive: true }));

test('what has a graph is an environment; nothing else is, and no name leads out', async () => {
  const environments = environmentsIn(folder);
  expect(await environments.names()).toEqual(['dev', 'local']);
  expect(await environments.has('local')).toBe(true);
  for (const name of ['production', 'argocd', 'Strange', '', '.', '..', '../local', 'local/..', '/etc', 'local\0']) expect([name, await environments.has(name)]).toEqual([name, false]);
  expect(await environmentsIn(join(folder, 'nowhere')).names()).toEqual([]);
});

test('a fault of the disk is no "there is none"', () => {
  expect(absent(Object.assign(new Error('x'), { code: 'ENOTDIR' }))).toBeNull();
  expect(() => absent(Object.assign(new Error('x'), { code: 'EACCES' }))).toThrow('x');
});
