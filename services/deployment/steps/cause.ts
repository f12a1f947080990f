import { proposalOf } from '../adapters/proposals.ts';
import { trackedByCommit } from '../adapters/requests.ts';
import type { LiveEnvironment, LiveWorkload } from '../domain/live.ts';
import type { Ways } from '../ways.ts';

/** What decides how an environment is; a commit that touches none of it rolls nothing out. */
const pathsOf = (environment: string): readonly string[] => [`synth/${environment}`, `environments/${environment}.ts`, `environments/releases/${environment}.json`];
/** Commits that may have come at once. */
const MOST = 10;

/**
 * The commit of main that is behind a rollout. An engine names the tip that it saw; when several commits came at once, that
 * may be one that has nothing to do with the workload. `undefined`: none that is in the repository.
 */
export async function causeOf({ database, repository }: Ways, environment: string, workload: string, commit: string): Promise<string | undefined> {
  if (!await repository.exists(commit)) return undefined;
  for (const one of await repository.history(commit, MOST, pathsOf(environment))) {
    const tracked = await trackedByCommit(database, one.commit);
    const proposal = tracked?.head === undefined ? null : await proposalOf(database, tracked.request.id, tracked.head);
    // Of a commit that nobody proposed here nothing is known but that it touched the environment.
    if (proposal === null || proposal.proposed.workloads.includes(workload)) return one.commit;
  }
  return undefined;
}

/** The same state, with the cause of each rollout in the place of the tip that the engine saw. */
export async function withCauses(ways: Ways, live: LiveEnvironment): Promise<LiveEnvironment> {
  const workloads = await Promise.all(live.workloads.map(async (workload): Promise<LiveWorkload> => {
    const { rollout } = workload;
    if (rollout === undefined) return workload;
    const cause = await causeOf(ways, live.environment, workload.name, rollout.commit);
    return cause === undefined ? workload : { ...workload, rollout: { ...rollout, commit: cause } };
  }));
  return { ...live, workloads };
}
