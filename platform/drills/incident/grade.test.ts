import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeBlob, writeCommit } from '../../../services/kit/git-objects.ts';
import { createBare, updateRefs } from '../../../services/kit/git-refs.ts';
import { gitText, runGit } from '../../../services/kit/git.ts';
import { grade } from './grade.ts';
import type { Incident, Seen } from './incident.ts';
import type { Place } from './place.ts';
import { MAIN } from './plant.ts';
import { plantedFile } from './state.ts';

const PLAN = readFileSync(fileURLToPath(new URL('../../../synth/local/plan.json', import.meta.url)), 'utf8');
const SOURCE = 'services/configuration/main.ts';
const edits = [{ path: SOURCE, from: 'good', to: 'bad' }];
let answers: Seen;
let place: Place;
const incident = { workload: 'configuration', edits, probe: () => Promise.resolve(answers) } as unknown as Incident;

/** A commit of main with this source and this release of configuration. */
async function commit(source: string, release: string, ...parents: string[]): Promise<string> {
  const { remote } = place;
  const plan = JSON.parse(PLAN) as { processes: { name: string; release: string }[] };
  for (const one of plan.processes) if (one.name === 'configuration') one.release = release;
  const index = join(place.root, 'index');
  rmSync(index, { force: true });
  for (const [path, text] of [[SOURCE, source], ['synth/local/plan.json', JSON.stringify(plan)]] as const) {
    await runGit(remote, ['update-index', '--add', '--cacheinfo', `100644,${await writeBlob(remote, text)},${path}`], { index });
  }
  const tree = await gitText(remote, ['write-tree'], { index });
  return writeCommit(remote, { tree, parents, message: 'x\n', author: 'a@example.com', at: new Date().toISOString() });
}
const put = async (to: string) => expect(await updateRefs(place.remote, [{ ref: MAIN, to }])).toBe(true);
const disk = (text: string) => {
  mkdirSync(dirname(join(place.root, SOURCE)), { recursive: true });
  writeFileSync(join(place.root, SOURCE), text);
};

let [base, release, bad] = ['', '', ''];
beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'incident-'));
  place = { root, remote: join(root, '.journey', 'remote.git') } as unknown as Place;
  await createBare(place.remote);
  base = await commit('good', 'worktree');
  release = await commit('bad', 'worktree', base);
  bad = await commit('bad', release, base, release);
});
afterAll(() => rmSync(place.root, { recursive: true }));
const graded = () => grade(place, incident, { seed: 1, bad, tip: bad, release });

test('nothing is passed while main holds it, however well the workloads answer', async () => {
  disk('good');
  answers = { well: true, seen: 'fine' };
  await put(bad);
  expect(await graded()).toMatchObject({ passed: false, git: { well: false, seen: expect.stringContaining('should run') }, answers: { well: true } });
  // Another release in its place; the source is still on main.
  await put(await commit('bad', 'worktree', bad));
  expect(await graded()).toMatchObject({ passed: false, git: { well: false, seen: 'main still holds it' } });
  // A later build of it.
  await put(await commit('good', await commit('bad', 'worktree', bad), bad));
  expect(await graded()).toMatchObject({ passed: false, git: { well: false } });
});

test('nothing is passed while the workloads answer badly, or not at all, whatever main holds', async () => {
  disk('good');
  await put(await commit('good', 'worktree', bad));
  answers = { well: false, seen: '3 of 60 went wrong' };
  expect(await graded()).toMatchObject({ passed: false, git: { well: true }, answers: { well: false } });
  expect(await grade(place, { ...incident, probe: () => Promise.reject(new Error('refused')) }, { seed: 1, bad, tip: bad, release })).toMatchObject({ passed: false, answers: { well: false, seen: 'no answer: refused' } });
});

test('what runs from the disk is looked at there', async () => {
  answers = { well: true, seen: 'fine' };
  await put(await commit('good', 'worktree', bad));
  disk('bad');
  expect(await graded()).toMatchObject({ passed: false, git: { well: false } });
  rmSync(join(place.root, SOURCE));
  expect(await graded()).toMatchObject({ passed: true });
});

test('both together are passed, also by a way of its own; a history that was cut is not', async () => {
  disk('good');
  answers = { well: true, seen: 'fine' };
  await put(await commit('good', 'worktree', bad));
  expect(await graded()).toMatchObject({ passed: true, git: { well: true, seen: 'main holds nothing of it any more' } });
  await put(await commit('better', await commit('better', 'worktree', bad), bad));
  expect(await graded()).toMatchObject({ passed: true });
  await put(base);
  expect(await graded()).toMatchObject({ passed: false, git: { well: false, seen: expect.stringContaining('keep the history') } });
});

test('what was planted is remembered by its seed, and a file of another is none', () => {
  const file = plantedFile(place.root, 3);
  expect(file.read()).toBeUndefined();
  file.write({ seed: 3, bad, tip: bad, release });
  expect(plantedFile(place.root, 3).read()).toEqual({ seed: 3, bad, tip: bad, release });
  file.write({ seed: 4, bad, tip: bad });
  expect(() => file.read()).toThrow(/incident-3/);
});
