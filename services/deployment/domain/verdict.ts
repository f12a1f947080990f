import { short } from './fact.ts';
import type { LiveEnvironment, LiveWorkload } from './live.ts';

/** What is known of a change that is on main, and of the environments that it is for. */
export interface FollowCase {
  readonly commit: string;
  /** Unix time in milliseconds. */
  readonly mergedAt: number;
  readonly now: number;
  readonly targets: readonly FollowTarget[];
  /** Does this commit of main hold the change? */
  contains(commit: string): boolean;
}
export interface FollowTarget {
  readonly live: LiveEnvironment;
  /** What the change touches there; empty: everything. */
  readonly workloads: readonly string[];
  /** The builds that must answer. */
  readonly releases: Readonly<Record<string, string>>;
  /** How long it may take from the merge, or from the beginning of its rollout, to health. */
  readonly patienceMs: number;
  /** Nothing is synced there by itself: its window is closed, or was until a moment ago. Never so for a rollback, which is synced at any hour. */
  readonly resting: boolean;
}
export type Verdict =
  | { readonly kind: 'wait'; readonly synced: boolean }
  /** `lost`: a later change took its place before it was seen healthy. */
  | { readonly kind: 'healthy'; readonly lost: boolean }
  | { readonly kind: 'failed'; readonly environment: string; readonly evidence: readonly string[] };

/** Whether a change has become real. */
export function verdictOf(one: FollowCase): Verdict {
  const seen = one.targets.flatMap((target) => {
    const touched = target.live.workloads.filter(({ name }) => isTouched(target, name));
    const missing = target.workloads.filter((name) => !touched.some((workload) => workload.name === name));
    return [...touched.map((workload) => judge(one, target, workload)), ...missing.map((name): Judgement => late(one, target, name, 'it is not there'))];
  });
  const failed = seen.filter((judged) => judged.kind === 'failed');
  const [first] = failed;
  if (first !== undefined) return { kind: 'failed', environment: first.environment, evidence: failed.flatMap(({ evidence }) => evidence).slice(0, 20) };
  if (seen.every(({ kind }) => kind === 'healthy' || kind === 'lost')) return { kind: 'healthy', lost: seen.some(({ kind }) => kind === 'lost') };
  return { kind: 'wait', synced: seen.every(({ kind }) => kind !== 'unsynced') };
}

export const isTouched = ({ workloads }: Pick<FollowTarget, 'workloads'>, name: string): boolean => workloads.length === 0 || workloads.includes(name);

type Judgement =
  | { readonly kind: 'healthy' | 'lost' | 'synced' | 'unsynced' }
  | { readonly kind: 'failed'; readonly environment: string; readonly evidence: readonly string[] };

function judge(one: FollowCase, target: FollowTarget, workload: LiveWorkload): Judgement {
  const { live, releases } = target;
  const { rollout, name } = workload;
  const own = rollout?.commit === one.commit;
  const fromThere = `${name} in ${live.environment}`;
  if (own && rollout.phase === 'Degraded') return { kind: 'failed', environment: live.environment, evidence: rollout.evidence.length > 0 ? rollout.evidence : [`${fromThere} is Degraded.`] };
  const arrived = live.revision !== null && one.contains(live.revision);
  if (!arrived || workload.sync !== 'Synced') return late(one, target, name, `${workload.sync} at ${live.revision === null ? 'no revision' : short(live.revision)}${because(workload)}`);
  const ours = rollout !== undefined && one.contains(rollout.commit);
  // A rollout of before the merge: the change did not touch this workload, or the engine has not begun yet. Sync says which.
  const done = ours ? rollout.phase === 'Healthy' : workload.health === 'Healthy';
  // A later change that is in trouble is its own request's business.
  if (!done || workload.health !== 'Healthy') return ours && !own ? { kind: 'synced' } : late(one, target, name, `${workload.health}${because(workload)}`, true);
  const wanted = releases[name];
  if (wanted === undefined || workload.live.release === wanted) return { kind: 'healthy' };
  return ours && !own ? { kind: 'lost' } : late(one, target, name, `${short(workload.live.release)} answers, not ${short(wanted)}`, true);
}

/** Not there yet: fine for a while. While nobody wants it synced by itself, or not at this hour, for as long as they like. */
function late({ mergedAt, now }: FollowCase, { live, patienceMs, resting }: FollowTarget, name: string, state: string, synced = false): Judgement {
  const began = live.workloads.flatMap(({ rollout }) => (rollout?.phase === 'Progressing' ? Date.parse(rollout.startedAt) : []));
  const since = Math.max(mergedAt, ...began.filter((at) => at <= now));
  if (now - since <= patienceMs || (!synced && (resting || !live.automatic))) return { kind: synced ? 'synced' : 'unsynced' };
  return { kind: 'failed', environment: live.environment, evidence: [`${name} in ${live.environment} was not healthy within ${String(patienceMs / 1000)} s: ${state}.`] };
}

const because = ({ why }: LiveWorkload): string => (why === undefined ? '' : ` (${why})`);

/** Rollouts that failed and belong to no known change: somebody pushed, or merged at the forge. */
export function strayFailures(live: LiveEnvironment): readonly { readonly workload: string; readonly commit: string; readonly evidence: readonly string[] }[] {
  return live.workloads.flatMap(({ name, rollout }) => (rollout?.phase === 'Degraded' ? [{ workload: name, commit: rollout.commit, evidence: rollout.evidence }] : []));
}
