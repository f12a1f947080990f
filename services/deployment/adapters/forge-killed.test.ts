import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { createBare, listRefs } from '../../kit/git-refs.ts';
import { connectionTo } from '../../kit/test/connection.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit } from '../../kit/test/kit.ts';
import { until } from '../../kit/test/until.ts';
import { brokenRules, pushMain } from '../test/forge-place.ts';
import { openStore, pullOf } from './forge-store.ts';
import { openForge } from './forge.ts';

const ROUNDS = Number(process.env['FORGE_ROUNDS'] ?? 12);

/**
 * A forge that is killed (SIGKILL) at random moments, every other time with the git that it was running; then the
 * refs are looked at. Another seed: FORGE_SEED=7; as long as one likes: FORGE_ROUNDS=32.
 */
test('killed at any moment, it leaves all of a step or nothing', async () => {
  const seed = Number(process.env['FORGE_SEED'] ?? 1);
  const random = randomOf(seed);
  const base = await mkdtemp(join(tmpdir(), 'journey-test-killed-'));
  const folder = join(base, 'remote.git');
  await createBare(folder);
  const first = await pushMain(folder, { 'a.txt': 'first\n' });
  const kit = testKit(testContract);
  const seen = { withGit: 0 };
  const look = async () => {
    const { kept } = await openStore(folder, kit.log).all();
    return brokenRules(folder, kept.map(pullOf), first);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../test/dying-forge.ts'), folder, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(child, 'exit');
    // So many steps, and a part of the next one.
    let steps = 0;
    child.stdout.on('data', (dots: Buffer) => { steps += dots.length; });
    const wanted = 1 + Math.floor(random() * 5);
    await until('it has done some steps', () => steps >= wanted, 30_000);
    await pause(random() * 120);
    expect(child.exitCode).toBeNull();
    const gits = await killWith(child.pid ?? 0, round % 2 === 0);
    await gone;
    if (round % 2 === 0) seen.withGit += gits.length;
    // What was not killed ends by itself.
    await until('git has ended', async () => (await Promise.all(gits.map(lives))).every((alive) => !alive));
    await ageLocks(folder);
    expect([seed, round, await look()]).toEqual([seed, round, []]);
  }
  await openForge(kit, connectionTo('repository', pathToFileURL(folder).href), { mirror: '' }).refresh();
  expect(await look()).toEqual([]);
  // Proof that it was not killed while idle: git processes died with it, and something had been done in between.
  expect(seen.withGit).toBeGreaterThan(ROUNDS / 12);
  expect((await listRefs(folder, 'refs/pulls/')).size).toBeGreaterThan(ROUNDS / 12);
  await kit.close();
  await rm(base, { recursive: true });
}, 180_000);

/** Stops it first, so that nothing new is started between looking and killing. @returns the processes that it had started */
async function killWith(pid: number, all: boolean): Promise<readonly number[]> {
  process.kill(pid, 'SIGSTOP');
  const below = await descendants(pid);
  for (const one of all ? [...below, pid] : [pid]) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // It has ended in the meantime.
    }
  }
  return below;
}

async function descendants(pid: number): Promise<readonly number[]> {
  const parents = await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(async (name) => [Number(name), Number(/\) . (\d+)/.exec(await stat(name))?.[1])] as const));
  const below = (of: number): readonly number[] => parents.flatMap(([child, parent]) => parent === of ? [child, ...below(child)] : []);
  return below(pid);
}
const stat = (pid: number | string) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
const lives = async (pid: number) => { const text = await stat(pid); return text !== '' && !/\) Z /.test(text); };

/** Makes the locks of the killed look as old as they would be a little later. */
async function ageLocks(folder: string): Promise<void> {
  const locks = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.lock'));
  for (const lock of locks) await utimes(join(folder, lock), 1, 1);
}

/** mulberry32 */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
