import { GitError, gitText } from '../../../services/kit/git.ts';
import { CliError, exit, type Io } from '../command.ts';
import { identityFor } from './identity.ts';
import { judge } from './judge.ts';
import { make } from './make.ts';
import type { Made } from './made.ts';
import { messageOf } from './message.ts';
import { openPlace, type Place } from './place.ts';
import type { Change, Proposal, Proposed } from './proposal.ts';
import { render } from './render.ts';
import { treeOf, treeWith, type Tree } from './tree.ts';
import { bring, checkOut } from './work-tree.ts';
import { workloadsOf } from './workloads.ts';

/**
 * Makes one change of the model on top of a commit, renders and judges it, and commits it. Nothing but objects is added to
 * the repository: no ref moves. The folder that it works in is gone afterwards, however it ends.
 * @param tell what is being done
 * @throws {CliError} 2: it cannot be made; 3: the model or a manifest is wrong; 1: everything else
 */
export async function propose(proposal: Proposal, { root, signal }: Pick<Io, 'root' | 'signal'>, tell: (doing: string) => void = () => {}): Promise<Proposed> {
  const place = await openPlace(root, proposal.repository);
  const given = new AbortController();
  const either = AbortSignal.any([signal, given.signal]);
  try {
    tell('editing');
    const base = await treeOf(place, proposal.base);
    // Files are made while the change is: of all but a rollback it is known before what will be rendered.
    const guess = guessOf(proposal.change);
    const early = guess === undefined ? undefined : settled(checkOut(place, base, [guess], either));
    try {
      const made = await make({ place, repository: proposal.repository, commit: proposal.base, base, signal }, proposal.change);
      if (made.tree === base) return await unchanged(place, proposal, made);
      const failure = await early;
      if (failure !== undefined) throw failure.error;
      if (early) await bring(place, base, made.tree, signal);
      else await checkOut(place, made.tree, made.environments, signal);
      return await proposed(place, proposal, made, { base, signal, tell });
    } finally {
      given.abort();
      await early;
    }
  } catch (error) {
    throw error instanceof GitError && !signal.aborted ? saidBy(error, place, proposal.repository) : error;
  } finally {
    await place.remove();
  }
}

function guessOf(change: Change): string | undefined {
  if (change.kind === 'rollback') return undefined;
  return change.kind === 'promotion' ? change.to : change.environment;
}

/** Never rejects: what went wrong is an answer, to be looked at when it is time. */
const settled = (work: Promise<void>): Promise<{ readonly error: unknown } | undefined> => work.then(() => undefined, (error: unknown) => ({ error }));

async function unchanged(place: Place, { base }: Proposal, { checks }: Made): Promise<Proposed> {
  return { commit: base, base, facts: [], environments: [], workloads: [], checks, diff: await diffIn(place, base, base) };
}

/** Read through our own git folder: the repository's settings have no part in it. */
async function diffIn(place: Place, from: string, to: string): Promise<unknown> {
  const { diffBetween } = await import('../diff/revisions.ts');
  return diffBetween({ folder: place.git, from, to });
}

interface Doing { readonly base: Tree; readonly signal: AbortSignal; readonly tell: (doing: string) => void }

async function proposed(place: Place, proposal: Proposal, made: Made, { base, signal, tell }: Doing): Promise<Proposed> {
  signal.throwIfAborted();
  tell('rendering');
  const rendered = await render(place, made.tree, made.environments, signal);
  const tree = await treeWith(place, made.tree, rendered.files);
  const commit = await gitText(place.git, ['commit-tree', tree.oid, '-p', proposal.base], { input: messageOf(proposal), identity: identityFor(proposal.author) });
  signal.throwIfAborted();
  tell('judging');
  const [check, diff, workloads] = await Promise.all([
    judge(place, made.tree, made.environments, signal), diffIn(place, proposal.base, commit), workloadsOf(place, base, tree, made.facts),
  ]);
  return { commit, base: proposal.base, facts: made.facts, environments: made.environments, workloads, checks: [...made.checks, rendered.check, check], diff };
}

function saidBy(error: GitError, place: Place, repository: string): CliError {
  const why = error.message.replaceAll(place.git, 'the repository').replaceAll(place.folder, '').replaceAll(repository, 'the repository').slice(0, 600);
  if (error.code === 'missing') return new CliError(exit.missing, { what: 'git is not there.', why, fix: 'Install git 2.38 or newer.' }, error);
  if (error.code === 'timeout') return new CliError(exit.unhealthy, { what: 'git did not end in time.', why, fix: 'Try again when the machine is calmer; `git fsck` shows whether the repository is well.' }, error);
  return new CliError(exit.failure, { what: 'The repository cannot be worked with.', why, fix: 'Run git fsck in it: an object may be missing, or a file of it not be readable.' }, error);
}
