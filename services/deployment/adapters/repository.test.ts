import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createBare } from '../../kit/git-refs.ts';
import { commitIn } from '../test/forge-place.ts';
import { openRepository, type Repository } from './repository.ts';

let folder: string;
let repository: Repository;
const made: Record<string, string> = {};
const commit = async (name: string, ...parents: readonly string[]) => { made[name] = await commitIn(folder, { [name]: name }, parents.map((one) => made[one] ?? ''), `${name}\n`); };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journey-test-repository-'));
  await createBare(folder);
  // first ── second ── merge ── last      side is a branch of two that `merge` brought; stray is nowhere
  //     └── side one ── side two ┘
  await commit('first');
  await commit('second', 'first');
  await commit('side one', 'first');
  await commit('side two', 'side one');
  await commit('merge', 'second', 'side two');
  await commit('last', 'merge');
  await commit('stray', 'first');
  repository = openRepository({ name: 'local', folder, refresh: () => Promise.resolve(made['last'] ?? '') });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['first', 'first'], ['second', 'second'], ['merge', 'merge'], ['last', 'last'], ['side one', 'merge'], ['side two', 'merge'], ['stray', undefined],
])('%s came to main with %s', async (name, with_) => {
  const came = await repository.cameWith(made['last'] ?? '', made[name] ?? '');
  expect(came?.message.trim()).toBe(with_);
});
