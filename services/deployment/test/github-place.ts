import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../../kit/problem.ts';
import { connectionTo } from '../../kit/test/connection.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit, type TestKit } from '../../kit/test/kit.ts';
import { openGitHubForge } from '../adapters/forge-github.ts';
import type { Forge, Pull } from '../adapters/forge-port.ts';
import type { FakePull } from './fake-github-state.ts';
import { startFakeGitHub, type FakeGitHub } from './fake-github.ts';
import { proposalIn, pushMain } from './forge-place.ts';

export const token = 'token-of-the-bot';
export const users = {
  [token]: { login: 'journey-bot', writes: true }, 'token-that-reads': { login: 'reader', writes: false }, 'token-of-another': { login: 'another-bot', writes: true },
};
export const second = 'second@example.com';

/** A fake GitHub with one commit on main, and a forge in front of it. */
export interface GitHubPlace {
  readonly base: string;
  readonly fake: FakeGitHub;
  readonly kit: TestKit<typeof testContract>;
  readonly forge: Forge;
  /** With another token, mirror, patience or length of its list. */
  view(as: string, mirror?: string, timeoutMs?: number, mostOpen?: number): Forge;
  /** A new pull request on top of main as it is. */
  opened(): Promise<Pull>;
  freshKey(): string;
  stateOf(pull: Pull): FakePull;
  stop(): Promise<void>;
}

export async function startGitHubPlace(): Promise<GitHubPlace> {
  const base = await mkdtemp(join(tmpdir(), 'journey-test-github-'));
  const fake = await startFakeGitHub(join(base, 'served'), users);
  const kit = testKit(testContract);
  await pushMain(fake.folder, { 'a.txt': 'first\n' });
  const view = (as: string, mirror = 'mirror.git', timeoutMs = 10_000, mostOpen = 100) => openGitHubForge(kit, connectionTo('repository', fake.urlFor(as), 'deployment.REPOSITORY'), { mirror: join(base, mirror), timeoutMs, mostOpen });
  const forge = view(token);
  let turn = 0;
  const freshKey = () => `key-${turn++}`;
  return {
    base, fake, kit, forge, view, freshKey,
    opened: async () => forge.open(await proposalIn(forge.folder, await forge.refresh(), freshKey())),
    stateOf: (pull) => fake.state.pull(pull.number),
    async stop() {
      await fake.close();
      await kit.close();
      await rm(base, { recursive: true, force: true });
    },
  };
}

export const mergeOf = (pull: Pull) => ({ by: second, commit: pull.head, message: 'Merge\n\nRequested-by: a\n' });
export const problemOf = (promise: Promise<unknown>): Promise<Problem> => promise.then(() => { throw new Error('it worked'); }, (error: unknown) => error as Problem);
