import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { synthFolder } from './synth-folder.ts';

const graph = (...names: string[]) => JSON.stringify({ nodes: names.map((name) => ({ name, kind: 'workload' })), edges: [] });
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synth-folder-'));
  for (const name of ['local', 'dev', 'argocd', 'Strange']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'local', 'journey.json'), graph('gateway'));
  await writeFile(join(folder, 'dev', 'journey.json'), graph('auth'));
  await writeFile(join(folder, 'journey.json'), graph('outside'));
});
afterAll(() => rm(folder, { recursive: true }));

test('lists what has a graph', async () => {
  expect(await synthFolder(folder).environments()).toEqual(['dev', 'local']);
  expect(await synthFolder(join(folder, 'nowhere')).environments()).toEqual([]);
});

test('reads a graph again only when the file has changed', async () => {
  const synth = synthFolder(folder);
  const first = await synth.declared('local');
  expect(first?.nodes).toEqual([{ name: 'gateway', kind: 'workload' }]);
  expect(await synth.declared('local')).toBe(first);
  await writeFile(join(folder, 'local', 'journey.json'), graph('gateway', 'auth'));
  await utimes(join(folder, 'local', 'journey.json'), 1, 1);
  expect((await synth.declared('local'))?.nodes).toHaveLength(2);
});

test.each(['production', '..', '.', '../local', 'local/..', '/etc', 'local\0', 'Strange', '', 'argocd'])('%j is no environment, and no way out', async (name) => {
  expect(await synthFolder(folder).declared(name)).toBeNull();
});

test.each([['not JSON', '{', 'not JSON'], ['no graph', '{"edges":[]}', 'no list of nodes'], ['a giant', ' '.repeat(8 * 1024 * 1024 + 1), 'larger than']])(
  'a file that is %s is said to be so', async (_, text, why) => {
    await mkdir(join(folder, 'broken'), { recursive: true });
    await writeFile(join(folder, 'broken', 'journey.json'), text);
    await expect(synthFolder(folder).declared('broken')).rejects.toMatchObject({ code: 'internal', detail: expect.stringContaining(why), fix: expect.stringContaining('./journey synth broken') });
    await rm(join(folder, 'broken'), { recursive: true });
  });

test('a fault of the disk is no "there is none"', async () => {
  await mkdir(join(folder, 'folder', 'journey.json'), { recursive: true });
  await expect(synthFolder(folder).declared('folder')).rejects.toMatchObject({ code: 'EISDIR' });
  await rm(join(folder, 'folder'), { recursive: true });
});
