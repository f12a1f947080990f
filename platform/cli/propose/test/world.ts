import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelCheckout, type ModelCheckout } from '../../test/model-checkout.ts';
import { fakeIo } from '../../test/fake-io.ts';
import { saidOf } from '../../report.ts';
import { propose } from '../propose.ts';
import type { Change, Proposal, Proposed } from '../proposal.ts';

/** A checkout of the model as it is on disk, rendered and pushed to a bare repository. */
export interface World {
  readonly checkout: ModelCheckout;
  readonly repository: string;
  /** The tip of main. */
  head(): string;
  /** Commits what the checkout has, and pushes it. @returns the commit */
  push(): Promise<string>;
  /** Git on the bare repository; what it says, without the last line break. */
  git(...args: readonly string[]): string;
  /** Makes a commit of the head's tree with one entry put in its place, on no branch. */
  withEntry(path: string, mode: string, text: string): string;
  proposal(change: Change, more?: Partial<Proposal>): Proposal;
  propose(change: Change, more?: Partial<Proposal>): Promise<Proposed>;
  /** `2 what why fix` of what must be refused. */
  refusal(change: Change, more?: Partial<Proposal>): Promise<string>;
  /** Paths that differ between two commits. */
  changed(from: string, to: string): readonly string[];
  /** What is left of work folders. */
  leftovers(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export async function world(environments: readonly string[] = ['local']): Promise<World> {
  const checkout = await modelCheckout('checkout');
  await checkout.write('package-lock.json', '{}\n');
  const ran = await checkout.run(['synth', ...environments]);
  if (ran.code !== 0) throw new Error(ran.err);
  const above = await mkdtemp(join(tmpdir(), 'journey-world-'));
  const repository = join(above, 'remote.git');
  const run = (cwd: string, args: readonly string[], input = '') => execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'core.excludesFile=/dev/null', ...args], { cwd, input, encoding: 'utf8', maxBuffer: 1 << 28 }).replace(/\n$/, '');
  const git = (...args: readonly string[]) => run(repository, args);
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', repository]);
  const made: World = {
    checkout, repository, git,
    head: () => git('rev-parse', 'main'),
    async push() {
      await checkout.commit();
      run(checkout.root, ['push', '-q', '--force', repository, 'HEAD:refs/heads/main']);
      return made.head();
    },
    withEntry(path, mode, text) {
      const oid = mode === '160000' ? made.head() : run(repository, ['hash-object', '-w', '--stdin'], text);
      const index = { cwd: repository, env: { ...process.env, GIT_INDEX_FILE: join(above, 'index') } };
      execFileSync('git', ['read-tree', made.head()], index);
      execFileSync('git', ['update-index', '--add', '--index-info'], { ...index, input: `0 ${'0'.repeat(40)}\t${path}\n${mode} ${oid}\t${path}\n` });
      const tree = execFileSync('git', ['write-tree'], { ...index, encoding: 'utf8' }).trim();
      return git('commit-tree', tree, '-p', made.head(), '-m', 'an entry');
    },
    proposal: (change, more = {}) => ({ repository, base: made.head(), change, title: 'A change', reason: 'because', author: 'ada', trailers: { 'Requested-by': 'ada' }, ...more }),
    propose: (change, more) => propose(made.proposal(change, more), fakeIo({ root: checkout.root })),
    async refusal(change, more) {
      try {
        await made.propose(change, more);
      } catch (error) {
        const { code, what, why, fix } = saidOf(error);
        return `${code} ${what} ${why} ${fix}`;
      }
      throw new Error('it was taken');
    },
    changed: (from, to) => git('diff', '--name-only', '--no-renames', from, to).split('\n').filter((path) => path !== ''),
    leftovers: async () => readdir(join(checkout.root, '.journey', 'work')),
    async remove() {
      await rm(above, { recursive: true, force: true });
      await checkout.remove();
    },
  };
  await made.push();
  return made;
}
