import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { holderOfPort } from './port-holder.ts';
import { busyPorts, choosePorts, isFree, portsFile, requireFree } from './ports.ts';

let folder = '';
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'journey-ports-')); });
afterAll(() => rmSync(folder, { recursive: true }));
const always = async () => true;

test('a block is chosen once, below the ports for outgoing connections, and kept; new names follow', async () => {
  const file = portsFile(join(folder, 'kept.json'));
  const first = await choosePorts(file, ['a.http', 'a.metrics'], always);
  expect(first['a.metrics']).toBe((first['a.http'] ?? 0) + 1);
  expect(first['a.http']).toBeGreaterThanOrEqual(20_000);
  expect(first['a.http']).toBeLessThan(32_768);
  const second = await choosePorts(file, ['a.http', 'b.http'], always);
  expect(second).toEqual({ 'a.http': first['a.http'], 'b.http': (first['a.http'] ?? 0) + 2 });
});

test('a block that somebody uses is not squeezed into', async () => {
  const blockOf = (port: number) => Math.floor((port - 20_000) / 64);
  let used: number | undefined;
  // Somebody sits in whichever block is looked at first, for as long as it takes.
  const ports = await choosePorts(portsFile(join(folder, 'other.json')), ['a', 'b'], async (port) => blockOf(port) !== (used ??= blockOf(port)));
  expect(used).toEqual(expect.any(Number));
  expect(blockOf(ports['a'] ?? 0)).not.toBe(used);
});

test('no free block: said with its fix', async () => {
  await expect(choosePorts(portsFile(join(folder, 'none.json')), ['a'], async () => false)).rejects.toMatchObject({ code: 5, fix: expect.stringContaining('ss -ltnp') });
});

test('a damaged file is said, with its fix', async () => {
  writeFileSync(join(folder, 'bad.json'), '{"a":"x"}');
  await expect(choosePorts(portsFile(join(folder, 'bad.json')), ['a'])).rejects.toMatchObject({ code: 1, message: expect.stringContaining('damaged'), fix: expect.stringContaining('rm .journey/ports.json') });
  writeFileSync(join(folder, 'bad.json'), '{');
  await expect(choosePorts(portsFile(join(folder, 'bad.json')), ['a'])).rejects.toMatchObject({ message: expect.stringContaining('damaged') });
});

test('a busy port is named with the process that holds it', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await isFree(port)).toBe(false);
  expect(await busyPorts({ 'gateway.http': port })).toEqual([{ name: 'gateway.http', port, holder: { pid: process.pid, command: expect.any(String) } }]);
  await expect(requireFree({ 'gateway.http': port })).rejects.toMatchObject({ code: 5, message: expect.stringContaining(`${port} (gateway.http)`), why: expect.stringContaining(`process ${process.pid}`), fix: expect.stringContaining(`kill ${process.pid}`) });
  await new Promise((resolve) => server.close(resolve));
  await expect(requireFree({ 'gateway.http': port })).resolves.toBeUndefined();
});

test('a holder that may not be seen is said to be so; several are named together', async () => {
  await expect(requireFree({ a: 1, b: 2 }, async () => false, () => undefined)).rejects.toMatchObject({ message: expect.stringContaining('ports are in use: 1 (a), 2 (b)'), why: expect.stringContaining('may not see') });
});

test('a holder is found in /proc; what cannot be read is passed over', () => {
  const proc = join(folder, 'proc');
  mkdirSync(join(proc, 'net'), { recursive: true });
  mkdirSync(join(proc, '42/fd'), { recursive: true });
  mkdirSync(join(proc, '41/fd'), { recursive: true });
  writeFileSync(join(proc, '41/fd/0'), '');
  writeFileSync(join(proc, 'net/tcp6'), '  sl  local_address rem_address st\n   0: 00000000:0050 00000000:0000 0A 0:0 0:0 0 0 0 777 1\n   1: 00000000:0051 00000000:0000 01 0:0 0:0 0 0 0 778 1\n');
  symlinkSync('socket:[777]', join(proc, '42/fd/3'));
  writeFileSync(join(proc, '42/cmdline'), `nginx\0${'x'.repeat(100)}\0`);
  expect(holderOfPort(80, proc)).toEqual({ pid: 42, command: `nginx ${'x'.repeat(73)}…` });
  expect(holderOfPort(81, proc)).toBeUndefined();
  expect(holderOfPort(80, join(folder, 'nowhere'))).toBeUndefined();
});
