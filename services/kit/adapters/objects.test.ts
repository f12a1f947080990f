import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectionTo } from '../test/connection.ts';
import { testContract } from '../test/contract.ts';
import { testKit, type TestKit } from '../test/kit.ts';
import { openObjects, type Objects } from './objects.ts';

let base: string;
let folder: string;
let kit: TestKit<typeof testContract>;
let objects: Objects;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'journey-test-objects-'));
  folder = join(base, 'a folder (1)');
  kit = testKit(testContract);
  objects = openObjects(kit, connectionTo('objects', pathToFileURL(folder).href));
});
afterEach(async () => {
  await objects.close();
  await kit.close();
  await rm(base, { recursive: true, force: true });
});
const bytes = (text: string) => new TextEncoder().encode(text);
const read = async (key: string) => { const found = await objects.get(key); return found && Buffer.from(found).toString(); };

test('keeps bytes under a key, replaces them, and knows what is not there', async () => {
  await objects.ready();
  expect(await read('a/b.json')).toBeUndefined();
  await objects.put('a/b.json', bytes('one'), 'application/json');
  await objects.put('a/b.json', bytes('two'), 'application/json');
  expect(await read('a/b.json')).toBe('two');
  expect(await readdir(join(folder, 'a'))).toEqual(['b.json']);
});

test('a reader sees one whole object or the other, never a part', async () => {
  const [small, large] = ['a'.repeat(10), 'b'.repeat(2_000_000)];
  await objects.put('x', bytes(small), 'text/plain');
  const writing = (async () => { for (let n = 0; n < 10; n++) await objects.put('x', bytes(n % 2 ? small : large), 'text/plain'); })();
  const reading = (async () => { for (let n = 0; n < 40; n++) expect([small.length, large.length]).toContain((await objects.get('x'))?.length); })();
  await Promise.all([writing, reading]);
  expect(await readdir(folder)).toEqual(['x']);
});

test.each(['../x', 'a/../../x', '/etc/passwd', 'a//b', '.hidden', 'a/.x.part', '', 'a\0b', 'a\\b', 'x'.repeat(501), 'a/', 'ü'])('the key %j is refused', async (key) => {
  await expect(objects.put(key, bytes('x'), 'text/plain')).rejects.toMatchObject({ code: 'invalid_params' });
  await expect(objects.get(key)).rejects.toMatchObject({ code: 'invalid_params' });
});

test('a link does not lead out', async () => {
  await mkdir(folder, { recursive: true });
  await mkdir(join(base, 'outside'));
  await writeFile(join(base, 'outside', 'secret'), 'hidden');
  await symlink(join(base, 'outside'), join(folder, 'way'));
  await expect(objects.get('way/secret')).rejects.toMatchObject({ code: 'unavailable', detail: expect.stringContaining('leads out') });
  await expect(objects.put('way/new', bytes('x'), 'text/plain')).rejects.toMatchObject({ code: 'unavailable' });
  expect(await readdir(join(base, 'outside'))).toEqual(['secret']);
});

test('what cannot be written is unavailable and leaves nothing behind', async () => {
  await objects.put('taken/x', bytes('x'), 'text/plain');
  await expect(objects.put('taken', bytes('y'), 'text/plain')).rejects.toMatchObject({ code: 'unavailable', at: 'test' });
  expect(await readdir(folder)).toEqual(['taken']);
  await writeFile(join(base, 'file'), '');
  const nowhere = openObjects(kit, connectionTo('objects', pathToFileURL(join(base, 'file', 'below')).href));
  await expect(nowhere.ready()).rejects.toMatchObject({ code: 'unavailable' });
});

test('it is a span with the key', async () => {
  await objects.put('a/b', bytes('x'), 'text/plain');
  expect((await kit.spans()).at(-1)).toMatchObject({ name: 'PUT test.OBJECTS', attributes: { 'objects.key': 'a/b', 'journey.reference': 'test.OBJECTS' } });
});

test('a store that no adapter speaks is refused, and s3: says that it comes later', () => {
  expect(() => openObjects(kit, connectionTo('objects', 's3://bucket'))).toThrow(/not built yet/);
  expect(() => openObjects(kit, connectionTo('objects', 'ftp://user:hidden@127.0.0.1'))).toThrow(/no object store speaks "ftp:"/);
});
