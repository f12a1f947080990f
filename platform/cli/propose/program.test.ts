import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openPlace, type Place } from './place.ts';
import { runOf, wordsOf } from './program.ts';

let root = '';
let place: Place;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'journey program (1) '));
  await mkdir(join(root, 'remote.git', 'objects'), { recursive: true });
  await mkdir(join(root, 'node_modules', 'pack'), { recursive: true });
  await writeFile(join(root, 'node_modules', 'pack', 'index.js'), 'exports.here = 1;');
  await writeFile(join(root, 'secret.txt'), 'CANARY');
});
beforeEach(async () => {
  place = await openPlace(root, join(root, 'remote.git'));
  for (const folder of ['platform/cli', 'synth', '.journey']) await mkdir(join(place.tree, folder), { recursive: true });
  await writeFile(join(place.tree, 'package.json'), '{"type":"module"}');
});
afterEach(() => place.remove());
afterAll(() => rm(root, { recursive: true }));

/** Runs a program as the tree's own command line; what it says about each thing it tried. */
async function tried(code: string, limits?: Parameters<typeof runOf>[3]) {
  await writeFile(join(place.tree, 'platform/cli/main.ts'), code);
  return runOf(place, ['synth', 'local'], new AbortController().signal, limits);
}
const attempt = (what: string) => `const said = async (act: () => unknown) => { try { console.log(JSON.stringify(await act() ?? 'done')); } catch (error: any) { console.log(JSON.stringify(error.code ?? error.name)); } };\n${what}`;

test('it sees no variable of ours, an empty home, no input, and its own tree', async () => {
  process.env['CANARY_TOKEN'] = 'CANARY';
  const { code, out } = await tried(`console.log(JSON.stringify([process.env, process.cwd(), process.argv.slice(2), process.stdin.isTTY ?? false]));`);
  delete process.env['CANARY_TOKEN'];
  const [env, cwd, args] = JSON.parse(out);
  expect(code).toBe(0);
  expect(Object.keys(env).sort()).toEqual(['HOME', 'JOURNEY_GUARD', 'LANG', 'NO_COLOR', 'PATH', 'TZ']);
  expect(env).toMatchObject({ TZ: 'UTC', LANG: 'C.UTF-8', HOME: place.home });
  expect(await readdir(place.home)).toEqual([]);
  expect([cwd, args]).toEqual([place.tree, ['synth', 'local']]);
});

test('it finds the packages of the checkout above it', async () => {
  expect((await tried(`import pack from 'pack'; console.log(pack.here);`)).out).toBe('1\n');
});

test('it reads its tree and writes into synth/, and nowhere else', async () => {
  const { out } = await tried(attempt(`
    import { readFileSync, writeFileSync, mkdirSync, symlinkSync, rmSync, openSync } from 'node:fs';
    await said(() => readFileSync('package.json', 'utf8'));
    await said(() => { mkdirSync('synth/local', { recursive: true }); writeFileSync('synth/local/a.json', '{}'); });
    await said(() => readFileSync(${JSON.stringify(join(root, 'secret.txt'))}, 'utf8'));
    await said(() => readFileSync('../../../../secret.txt', 'utf8'));
    await said(() => readFileSync('/etc/passwd', 'utf8'));
    await said(() => readFileSync('/proc/self/environ', 'utf8'));
    await said(() => writeFileSync('package.json', '{}'));
    await said(() => writeFileSync('../../../../out.txt', 'x'));
    await said(() => writeFileSync(${JSON.stringify(join(tmpdir(), 'journey-out.txt'))}, 'x'));
    await said(() => openSync('synth/../../b', 'w'));
    await said(() => symlinkSync('/etc', 'synth/etc'));
    await said(() => rmSync('platform', { recursive: true }));
  `));
  const denied = 'ERR_ACCESS_DENIED';
  expect(out.trim().split('\n').map((line) => JSON.parse(line))).toEqual(['{"type":"module"}', 'done', ...Array<string>(10).fill(denied)]);
  expect(existsSync(join(root, 'out.txt')) || existsSync(join(tmpdir(), 'journey-out.txt'))).toBe(false);
});

test('it starts nothing and reaches nobody', async () => {
  const server = createServer((socket) => socket.end('hello'));
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { out } = await tried(attempt(`
    import { execFileSync, spawnSync } from 'node:child_process';
    import { connect } from 'node:net';
    import { lookup } from 'node:dns/promises';
    import { Worker } from 'node:worker_threads';
    await said(() => execFileSync('/bin/true'));
    await said(() => spawnSync('sh', ['-c', 'id']).error?.code ?? 'ran');
    await said(() => { new Worker('1', { eval: true }); });
    await said(() => process.dlopen({ exports: {} }, '/nowhere.node'));
    await said(() => new Promise((resolve, reject) => connect(${port}, '127.0.0.1', () => resolve('connected')).on('error', reject)));
    await said(() => lookup('example.com'));
    await said(() => fetch('http://127.0.0.1:${port}/').then(() => 'fetched', (error) => error.cause.code));
  `));
  server.close();
  expect(out.trim().split('\n').map((line) => JSON.parse(line))).toEqual(['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', expect.stringMatching(/DENIED|DISABLED/), 'EJOURNEYDENIED', 'EJOURNEYDENIED', 'EJOURNEYDENIED']);
});

test('it is ended when it takes too long, says too much or has too much in memory', async () => {
  const slow = await tried('setInterval(() => {}, 1000);', { seconds: 0.5, bytes: 1000, memoryMiB: 100 });
  expect(slow.code).toBeNull();
  const large = await tried("const all = []; setInterval(() => all.push(Buffer.alloc(50_000_000, 1)), 5);", { seconds: 60, bytes: 1000, memoryMiB: 100 });
  expect(large.code).toBeNull();
  expect(large.milliseconds).toBeLessThan(30_000);
  const loud = await tried("setInterval(() => console.log('x'.repeat(1000)), 1);", { seconds: 60, bytes: 10_000, memoryMiB: 100 });
  expect(loud.code).toBeNull();
  expect(loud.out.length).toBeLessThan(1_000_000);
});

test('it is ended when its caller gives up, with the reason of that', async () => {
  await writeFile(join(place.tree, 'platform/cli/main.ts'), 'setInterval(() => {}, 1000);');
  const given = new AbortController();
  const run = runOf(place, [], given.signal);
  given.abort(new Error('enough'));
  await expect(run).rejects.toThrow('enough');
});

test('a workload of a local runner hands its own guard on: it can be read', async () => {
  const before = process.env['NODE_OPTIONS'];
  const runner = join(root, 'other (2)', 'platform/cli/runner');
  await mkdir(runner, { recursive: true });
  await writeFile(join(runner, 'preload.ts'), 'globalThis.guarded = true;');
  process.env['NODE_OPTIONS'] = `--require "${runner}/preload.ts"`;
  const { out } = await tried(attempt(`import { readFileSync } from 'node:fs'; await said(() => readFileSync(${JSON.stringify(join(runner, 'preload.ts'))}, 'utf8'));`));
  process.env['NODE_OPTIONS'] = before;
  expect(out).toContain('guarded');
});

test('the folder is ours alone, and what is said of it names none of its paths', async () => {
  expect((await stat(place.folder)).mode & 0o777).toBe(0o700);
  expect(wordsOf(place, ` at ${place.tree}/platform/x.ts:1\n\u001b[31m${place.folder}`)).toBe('at platform/x.ts:1 \\u001b[31m');
});
