import childProcess, { execFile } from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DENIED, installGuard } from './guard.ts';

const server = http.createServer((_, response) => response.end('reached'));
let port = 0;
let allowed = 0;
const friend = http.createServer((_, response) => response.end('friend'));
let undo = () => {};
beforeAll(async () => {
  for (const one of [server, friend]) await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  allowed = (friend.address() as AddressInfo).port;
  undo = installGuard({ workload: 'w', folder: 'services/w', allow: [{ host: '127.0.0.1', port: allowed }], known: [] }, { MARK: 'inherited' });
});
afterAll(() => {
  undo();
  server.close();
  friend.close();
});

const failure = (emitter: { once(name: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown }) => new Promise<string | undefined>((resolve) => emitter.once('error', (error) => resolve(error.code)));

test('what is allowed passes, by address and by name', async () => {
  expect(await (await fetch(`http://127.0.0.1:${allowed}`)).text()).toBe('friend');
  expect(await (await fetch(`http://localhost:${allowed}`)).text()).toBe('friend');
});

test.each<[string, () => Promise<unknown>]>([
  ['fetch', () => fetch(`http://127.0.0.1:${port}`).catch((error: Error) => (error.cause as NodeJS.ErrnoException).code)],
  ['fetch by name, happy eyeballs', () => fetch(`http://localhost:${port}`).catch((error: Error) => (error.cause as NodeJS.ErrnoException).code)],
  ['http', () => failure(http.get(`http://localhost:${port}`))],
  ['http2', () => failure(http2.connect(`http://127.0.0.1:${port}`))],
  ['tls', () => failure(tls.connect(port, '127.0.0.1'))],
  ['net with options', () => failure(net.connect({ host: '127.0.0.1', port }))],
  ['net with a port alone', () => failure(net.connect(port))],
  ['net with a port as text', () => failure(new net.Socket().connect({ port: String(port) as unknown as number }))],
  ['net, called on a socket', () => failure(new net.Socket().connect(port, '127.0.0.1'))],
  ['a unix socket', () => failure(net.connect('/tmp/none.sock'))],
  ['a unix socket by options', () => failure(net.connect({ path: '/tmp/none.sock' }))],
  ['dns.lookup', () => new Promise((resolve) => dns.lookup('example.org', (error) => resolve(error?.code)))],
  ['dns.promises', () => dns.promises.resolveTxt('example.org').catch((error: NodeJS.ErrnoException) => error.code)],
  ['a resolver', () => new dns.promises.Resolver().resolve4('example.org').catch((error: NodeJS.ErrnoException) => error.code)],
  ['UDP with a callback', () => new Promise((resolve) => { const s = dgram.createSocket('udp4'); s.send('x', 53, '192.0.2.1', (error) => { s.close(); resolve((error as NodeJS.ErrnoException | null)?.code); }); })],
  ['UDP without one', () => { const s = dgram.createSocket('udp4'); s.send('x', 53, '192.0.2.1'); return failure(s).finally(() => s.close()); }],
])('refused: %s', async (_, attempt) => expect(await attempt()).toBe(DENIED));

test('a child inherits the guard even with an environment of its own', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['-p', 'process.env.MARK'], { env: { MARK: 'own' } });
  expect(stdout.trim()).toBe('inherited');
});

const print = ['-p', 'process.env.MARK'];
const own = { env: { MARK: 'own' }, encoding: 'utf8' } as const;
test.each<[string, () => string]>([
  ['spawnSync', () => childProcess.spawnSync(process.execPath, print, own).stdout],
  ['spawnSync without arguments', () => childProcess.spawnSync(process.execPath, { ...own, input: 'console.log(process.env.MARK)' }).stdout],
  ['spawnSync with our environment', () => childProcess.spawnSync(process.execPath, print, { encoding: 'utf8' }).stdout],
  ['execFileSync', () => childProcess.execFileSync(process.execPath, print, own)],
  ['execFileSync without options', () => String(childProcess.execFileSync(process.execPath, print))],
  ['execSync', () => childProcess.execSync('echo "$MARK"', own)],
])('so does one that is waited for: %s', (_, call) => expect(call().trim()).toBe('inherited'));

test('so does a fork', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'journey-guard-'));
  writeFileSync(join(folder, 'child.cjs'), 'console.log(process.env.MARK)');
  const child = childProcess.fork(join(folder, 'child.cjs'), [], { env: { MARK: 'own' }, execArgv: [], silent: true });
  let said = '';
  child.stdout?.on('data', (text) => (said += String(text)));
  await new Promise((resolve) => child.once('close', resolve));
  rmSync(folder, { recursive: true });
  expect(said.trim()).toBe('inherited');
});

test('names of loopback are looked up', async () => {
  expect((await dns.promises.lookup('localhost')).address).toMatch(/127\.0\.0\.1|::1/);
});
