import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { command as down } from '../commands/down.ts';
import { command as logs } from '../commands/logs.ts';
import { command as reset } from '../commands/reset.ts';
import { command as status } from '../commands/status.ts';
import { upWith } from '../commands/up.ts';
import { Interrupted } from '../report.ts';
import { examine } from '../runner/examine.ts';
import { folderOf } from '../runner/folder.ts';
import { identityOf, isAlive } from '../runner/identity.ts';
import { endLeftovers } from '../runner/leftovers.ts';
import { release } from '../runner/lock.ts';
import { isFree } from '../runner/ports.ts';
import { startRunner, type Runner } from '../runner/runner.ts';
import { stateFile } from '../runner/state.ts';
import { fakeIo } from './fake-io.ts';
import { fixture, fixtureEnv, type Fixture } from './fixture.ts';

let made: Fixture | undefined;
let runner: Runner | undefined;
afterEach(async () => {
  await runner?.stop();
  runner = undefined;
  made?.remove();
});
const never = new AbortController().signal;
async function started(it: Fixture, changed?: () => void) {
  made = it;
  runner = await startRunner({ folder: folderOf(it.root), model: it.model, env: fixtureEnv, signal: never, tell: () => {}, ...(changed ? { changed } : {}) });
  return runner;
}
const identities = (it: Runner) => it.state().processes.flatMap(({ identity }) => (identity ? [identity] : []));

test('up: built, migrated, people made, healthy; stopped: no process, no port, no note', async () => {
  const it = await started(fixture());
  const state = it?.state();
  expect(state?.processes.map(({ name, health }) => [name, health])).toEqual([['keeper', 'Healthy'], ['dashboard', 'Healthy']]);
  expect(it?.firstSignIn).toMatchObject({ name: 'admin@journey.local', password: expect.any(String) });
  expect(state?.backings).toContainEqual({ name: 'sessions', kind: 'cache', provider: 'external', url: 'redis://127.0.0.1:1/0' });
  const root = made?.root ?? '';
  expect([readFileSync(join(root, 'builds'), 'utf8'), readFileSync(join(root, 'migrates'), 'utf8')].map((text) => text.trim().split('\n').length)).toEqual([1, 1]);
  const living = it ? identities(it) : [];
  expect(living.every(isAlive)).toBe(true);
  await runner?.stop();
  runner = undefined;
  expect(living.some(isAlive)).toBe(false);
  for (const port of Object.values(JSON.parse(readFileSync(folderOf(root).ports, 'utf8')))) expect(await isFree(Number(port))).toBe(true);
  expect(existsSync(folderOf(root).state)).toBe(false);
  // Again: nothing is migrated twice, nobody is made twice.
  runner = await startRunner({ folder: folderOf(root), model: made?.model ?? fixture().model, env: fixtureEnv, signal: never, tell: () => {} });
  expect(runner?.firstSignIn).toBeUndefined();
  expect(readFileSync(join(root, 'migrates'), 'utf8').trim().split('\n')).toHaveLength(1);
}, 30_000);

test('a second runner learns that one runs; status, logs and doctor see it; a crash is healed', async () => {
  let change = () => {};
  await started(fixture(), () => change());
  const it = made ?? fixture();
  expect(await startRunner({ folder: folderOf(it.root), model: it.model, env: fixtureEnv, signal: never, tell: () => {} })).toBeUndefined();
  const shown = fakeIo({ root: it.root });
  expect(await status.run(shown, [], {})).toBe(0);
  expect(shown.out.join('\n')).toMatch(/keeper +Healthy +http:\/\/127\.0\.0\.1:\d+ +pid \d+ +[\d.]+ MiB[\s\S]*not embedded: sessions[\s\S]*memory of all/);
  const json = fakeIo({ root: it.root, json: true });
  await status.run(json, [], {});
  expect(json.values[0]).toMatchObject({ phase: 'running', processes: [{ name: 'keeper', pid: expect.any(Number), health: 'Healthy', pssMiB: expect.any(Number), log: expect.stringContaining('keeper.log') }, { name: 'dashboard' }] });
  expect(JSON.stringify(json.values)).not.toContain('secret');
  const logged = fakeIo({ root: it.root });
  expect(await logs.run(logged, ['keeper'], {})).toBe(0);
  expect(logged.out.at(-1)).toMatch(/keeper info {2}listening/);
  expect((await examine(folderOf(it.root))).find(({ what }) => what.includes('in use by this checkout itself'))?.kind).toBe('ok');
  await expect(reset.run(fakeIo({ root: it.root }), [], { yes: true })).rejects.toMatchObject({ code: 1, fix: expect.stringContaining('down') });

  const again = new Promise<void>((resolve) => { change = () => { if (runner?.state().processes[0]?.restarts === 1 && runner.state().processes[0]?.health === 'Healthy') resolve(); }; });
  const url = runner?.state().processes[0]?.urls['http'] ?? '';
  await fetch(`${url}/crash`).catch(() => {});
  await again;
  expect((await fetch(url)).status).toBe(200);
}, 30_000);

test('^C while it starts stops what was started', async () => {
  const it = made = fixture((one) => ({ ...one, env: { ...one.env, NEVER: { from: 'literal', value: 'ready' } } }));
  const interrupt = new AbortController();
  const seen: number[] = [];
  const starting = startRunner({
    folder: folderOf(it.root), model: it.model, env: fixtureEnv, signal: interrupt.signal, tell: () => {},
    changed(_, { identity }) {
      if (identity) seen.push(identity.pid);
      if (identity) interrupt.abort(new Interrupted());
    },
  });
  await expect(starting).rejects.toBeInstanceOf(Interrupted);
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.flatMap((pid) => identityOf(pid) ?? [])).toEqual([]);
}, 60_000);

test.each(['migrate', 'build'])('a %s that fails ends the start, and says why', async (word) => {
  const it = made = fixture((one) => ({ ...one, env: { ...one.env, FAIL: { from: 'literal', value: word } } }));
  await expect(startRunner({ folder: folderOf(it.root), model: it.model, env: fixtureEnv, signal: never, tell: () => {} })).rejects.toMatchObject({ code: 1, message: expect.stringContaining(`main.mjs ${word}\` failed (1)`) });
  expect(existsSync(folderOf(it.root).lock)).toBe(false);
}, 30_000);

test('after a kill -9 of the runner, down ends what its notes name', async () => {
  const it = await started(fixture());
  const root = made?.root ?? '';
  const notes = it?.state();
  const living = it ? identities(it) : [];
  // What a killed runner leaves: its notes and its children, and a lock that nobody holds.
  release(folderOf(root).lock);
  if (notes) stateFile(folderOf(root).state).write({ ...notes, runner: { pid: 2 ** 22 + 1, started: 'long ago' } });
  const shown = fakeIo({ root });
  await expect(status.run(shown, [], {})).rejects.toMatchObject({ code: 4, fix: expect.stringContaining('./journey up') });
  expect((await examine(folderOf(root))).find(({ what }) => what.includes('killed runner are left'))).toMatchObject({ kind: 'fault' });
  const io = fakeIo({ root, json: true });
  expect(await down.run(io, [], {})).toBe(0);
  expect(io.values).toEqual([{ stopped: false, leftovers: 2 }]);
  expect(living.some(isAlive)).toBe(false);
  const nothing = fakeIo({ root });
  await down.run(nothing, [], {});
  expect(nothing.told).toEqual(['Nothing runs.']);
  await expect(status.run(fakeIo({ root }), [], {})).rejects.toMatchObject({ code: 4, message: 'nothing runs' });
  expect(await endLeftovers(folderOf(root))).toBe(0);
}, 30_000);

test('up, attached: the table and the sign-in are shown, ^C is 130 and stops everything', async () => {
  const it = made = fixture();
  process.env['SESSIONS_URL'] = fixtureEnv.SESSIONS_URL;
  const interrupt = new AbortController();
  const io = fakeIo({ root: it.root, signal: interrupt.signal });
  const up = upWith({ model: async () => it.model, script: '' });
  const running = up.run(io, [], {});
  while (!io.told.some((line) => line.startsWith('^C'))) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(io.out.join('\n')).toMatch(/keeper +Healthy[\s\S]*admin@journey\.local[\s\S]*#link=[\s\S]*never again/);
  const other = fakeIo({ root: it.root, json: true });
  expect(await up.run(other, [], {})).toBe(0);
  expect(other.told).toContain('It runs already.');
  expect(other.values[0]).not.toHaveProperty('signIn');
  const linked = fakeIo({ root: it.root, json: true });
  await up.run(linked, [], { link: true });
  expect(linked.values[0]).toMatchObject({ signIn: { name: 'admin@journey.local', link: expect.stringMatching(/#link=[A-Za-z0-9_-]{43}$/) } });
  interrupt.abort(new Interrupted());
  await expect(running).rejects.toBeInstanceOf(Interrupted);
  delete process.env['SESSIONS_URL'];
  expect(existsSync(folderOf(it.root).lock)).toBe(false);
}, 30_000);

test.each<[string, string, unknown]>([
  ['fails', "process.send({ type: 'failed', code: 5, what: 'w', why: 'y', fix: 'f' });", { code: 5, message: 'w', why: 'y' }],
  ['says nothing', 'process.exit(9);', { code: 1, why: 'it ended with 9' }],
  ['says rubbish first', "process.send(7); process.send({ type: 'failed', code: 77 }); process.send({ type: 'tell', line: 'hello' }); process.exit(1);", { code: 1 }],
])('up --detach, when its runner %s', async (_, script, expected) => {
  const it = made = fixture();
  const file = join(it.root, 'runner.mjs');
  writeFileSync(file, script);
  await expect(upWith({ model: async () => it.model, script: file }).run(fakeIo({ root: it.root }), [], { detach: true })).rejects.toMatchObject(Object(expected));
}, 30_000);

test('up --detach, when another was faster, and when something is not healthy', async () => {
  await started(fixture());
  const { root, model } = made ?? fixture();
  const file = join(root, 'runner.mjs');
  const up = upWith({ model: async () => model, script: file });
  const notes = runner?.state();
  release(folderOf(root).lock);
  writeFileSync(file, `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(folderOf(root).lock)}, ${JSON.stringify(JSON.stringify(notes?.runner))}); process.send({ type: 'taken' });`);
  const io = fakeIo({ root });
  expect(await up.run(io, [], { detach: true })).toBe(0);
  expect(io.told).toContain('It runs already.');
  release(folderOf(root).lock);
  if (notes) stateFile(folderOf(root).state).write({ ...notes, processes: notes.processes.map((one, i) => (i === 0 ? { ...one, health: 'Degraded', why: 'no database' } : one)) });
  writeFileSync(file, "process.send({ type: 'progress', text: 'x' }); process.send({ type: 'ready', firstSignIn: { name: 'a', link: 'http://l' } });");
  const sick = fakeIo({ root });
  await expect(up.run(sick, [], { detach: true })).rejects.toMatchObject({ code: 4, why: 'keeper is Degraded: no database' });
  expect(sick.out.join('\n')).toContain('http://l');
}, 30_000);

test('reset forgets everything of a stopped checkout, and asks before', async () => {
  await started(fixture());
  const { root } = made ?? fixture();
  await runner?.stop();
  runner = undefined;
  await expect(reset.run(fakeIo({ root }), [], {})).rejects.toMatchObject({ code: 2, fix: expect.stringContaining('--yes') });
  expect(await reset.run(fakeIo({ root }), [], { yes: true })).toBe(0);
  expect(readdirSync(folderOf(root).base).filter((name) => !['compile-cache'].includes(name))).toEqual([]);
}, 30_000);
