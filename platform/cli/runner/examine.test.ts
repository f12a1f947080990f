import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { command as doctor } from '../commands/doctor.ts';
import { fakeIo } from '../test/fake-io.ts';
import { examine, type Machine } from './examine.ts';
import { folderOf, type Folder } from './folder.ts';
import { localModel } from './prepare.ts';

let folder: Folder;
beforeEach(() => {
  folder = folderOf(mkdtempSync(join(tmpdir(), 'journey-doctor-')));
  mkdirSync(folder.base);
  mkdirSync(join(folder.root, 'node_modules'));
  writeFileSync(join(folder.root, 'package-lock.json'), '{}');
  writeFileSync(join(folder.base, 'installed'), 'full\nsum\n');
});
afterEach(() => rmSync(folder.root, { recursive: true }));
const healthy: Machine = { nodeVersion: '24.1.0', freeMemory: () => 4e9, freeDisk: () => 9e9, fileSystem: () => 1, find: () => true, model: localModel, checksum: () => 'sum' };
const faults = async (machine: Partial<Machine> = {}) => (await examine(folder, { ...healthy, ...machine })).filter(({ kind }) => kind !== 'ok');

test('a healthy checkout has no fault', async () => expect(await faults()).toEqual([]));

test('all faults are found at once, each with its fix', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  writeFileSync(folder.ports, JSON.stringify({ 'gateway.http': port }));
  writeFileSync(folder.secrets, JSON.stringify({ values: {}, passwords: {} }));
  chmodSync(folder.secrets, 0o644);
  writeFileSync(folder.state, '{}');
  const found = await faults({ nodeVersion: '20.1.0', freeMemory: () => 1, freeDisk: () => 1, find: () => false, checksum: () => 'other', model: async () => { throw new Error('broken model'); } });
  await new Promise((resolve) => server.close(resolve));
  const text = found.map(({ what }) => what).join('\n');
  for (const fault of ['Node 20.1.0', 'npm is not there', 'not those of package-lock.json', 'broken model', 'state.json is damaged', 'may be read by others', `port ${port} (gateway.http)`, 'disk space', 'memory', 'Chromium', 'Redis', 'RabbitMQ']) expect(text).toContain(fault);
  for (const { fix, why } of found) expect([fix, why].every((one) => (one ?? '') !== '')).toBe(true);
});

test.each([
  ['there is no node_modules', () => rmSync(join(folder.root, 'node_modules'), { recursive: true }), 'the packages are not installed'],
  ['nobody noted the packages', () => rmSync(join(folder.base, 'installed')), 'nobody noted'],
  ['the path is too long', () => { folder = { ...folder, base: `/${'x'.repeat(1000)}` }; }, 'bytes'],
])('a fault when %s', async (_, make, what) => {
  const { root } = folder;
  make();
  expect((await faults()).map((one) => one.what).join('\n')).toContain(what);
  folder = folderOf(root);
});

test('a damaged ports file is one fault, and stops no other look', async () => {
  writeFileSync(folder.ports, '[]');
  writeFileSync(join(folder.base, 'installed'), 'run\nsum\n');
  expect(await faults()).toMatchObject([{ what: expect.stringContaining('ports.json is damaged') }]);
});

test.each(['state.json', 'data/migrated.json', 'data/people.json', 'secrets.json'])('a damaged %s has a fix, and is a failure, not a thing that is missing', async (name) => {
  mkdirSync(folder.data, { recursive: true });
  writeFileSync(join(folder.base, name), '{', { mode: 0o600 });
  expect(await faults()).toMatchObject([{ what: expect.stringContaining(`${name} is damaged`), fix: expect.stringMatching(/\.\/journey/), code: 1 }]);
});

test('data without its secrets', async () => {
  mkdirSync(join(folder.data, 'postgres'), { recursive: true });
  expect(await faults()).toMatchObject([{ what: expect.stringContaining('secrets.json is gone'), fix: expect.stringContaining('reset --yes'), code: 1 }]);
  writeFileSync(folder.secrets, JSON.stringify({ values: {}, passwords: {} }), { mode: 0o600 });
  expect(await faults()).toMatchObject([{ what: expect.stringContaining('secrets.json lacks the password') }]);
});

test('the disk of the data counts, not that of the checkout alone', async () => {
  mkdirSync(folder.data);
  const full = await faults({ fileSystem: (path) => (path === folder.root ? 1 : 2), freeDisk: (path) => (path === folder.root ? 9e9 : 1) });
  expect(full).toMatchObject([{ what: expect.stringContaining(`0 MiB of disk space are free for ${folder.data}`) }]);
});

test('doctor prints them, and its exit code says whether there were any', async () => {
  const io = fakeIo({ root: folder.root });
  const json = fakeIo({ root: folder.root, json: true });
  const { root } = folder;
  rmSync(join(root, 'node_modules'), { recursive: true });
  expect(await doctor.run(io, [], {})).toBe(5);
  expect(await doctor.run(json, [], {})).toBe(5);
  expect(io.out.join('\n')).toMatch(/✗ the packages are not installed\n {2}why: .*\n {2}fix: /);
  expect(json.values).toContainEqual(expect.objectContaining({ kind: 'fault', what: 'the packages are not installed' }));
  mkdirSync(join(root, 'node_modules'));
});
