import type { Io } from '../command.ts';
import { call } from '../journey/call.ts';
import type { Caller } from '../journey/gateway.ts';
import { headOf, releaseNamed } from './revision.ts';
import { routes } from './routes.ts';
import { short } from './words.ts';

export interface Sent {
  readonly revision: string;
  /** Why this one. */
  readonly why: string;
}

/**
 * The release that makes `send` a real deployment: the checkout's commit, and when the workload runs that already, the
 * files on disk again. @param wanted a release that somebody named
 */
export async function releaseToSend(io: Io, caller: Caller, at: { readonly workload: string; readonly environment: string }, wanted: string | undefined): Promise<Sent> {
  if (wanted !== undefined) return { revision: await releaseNamed(io.root, wanted), why: 'as asked' };
  const { environments } = (await call(caller, routes.listEnvironments, 'What runs now cannot be read.')).body;
  const environment = environments.find(({ name }) => name === at.environment);
  const runs = environment?.workloads.find(({ workload }) => workload === at.workload)?.release;
  const head = environment?.kind === 'source' ? await headOf(io.root) : null;
  if (head === null) return { revision: 'worktree', why: 'the files on disk' };
  if (runs === head) return { revision: 'worktree', why: `the files on disk again, since it runs ${short(head)}, the commit of this checkout` };
  return { revision: await releaseNamed(io.root, head), why: `the commit of this checkout${runs === undefined ? '' : `; it runs ${short(runs)} now`}` };
}
