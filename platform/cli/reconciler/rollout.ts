import type { Rollout } from './live.ts';

/** How a release is judged after it took over. */
export interface Patience {
  /** To become ready. */
  readonly readyMs: number;
  /** Once ready it is asked again after this, before the old one goes. */
  readonly steadyMs: number;
  /** In which nothing may happen before it counts as Healthy. */
  readonly watchMs: number;
  /** In which its errors and crashes are still its own: until then a Healthy one may become Degraded. */
  readonly blameMs: number;
}
export const PATIENCE: Patience = { readyMs: 20_000, steadyMs: 500, watchMs: 15_000, blameMs: 300_000 };

/** The record of one rollout, as it goes on. */
export interface Record {
  readonly release: string;
  readonly commit: string;
  readonly phase: Rollout['phase'];
  readonly startedAt: number;
  /** When it began to answer. */
  readonly answersSince?: number;
  readonly endedAt?: number;
  readonly evidence: readonly string[];
}

export const begun = (release: string, commit: string, now = Date.now()): Record => ({ release, commit, phase: 'Progressing', startedAt: now, evidence: [] });
/** Nothing had to be done: it answered with that already. */
export const settled = (release: string, commit: string, now = Date.now()): Record => ({ release, commit, phase: 'Healthy', startedAt: now, answersSince: now, endedAt: now, evidence: [] });
export const failed = (record: Record, evidence: readonly string[], now = Date.now()): Record => ({ ...record, phase: 'Degraded', endedAt: now, evidence: [...record.evidence, ...evidence] });

/** One look at a release that has taken over. */
export interface Look {
  readonly now: number;
  /** Starts of its processes since then, with what was last heard of them. */
  readonly restarts: number;
  readonly said?: string;
  /** Looks in a row at which it was not ready. */
  readonly unready: number;
  /** What burns its error budget, in words. */
  readonly burns?: string;
}
const UNREADY = 3;

/** What becomes of a record at a look: it fails, it is Healthy when its time is over, or it stays. */
export function judged(record: Record, look: Look, patience: Patience): Record {
  if (record.phase === 'Degraded' || record.answersSince === undefined) return record;
  const age = look.now - record.answersSince;
  if (age > patience.blameMs) return record;
  const watched = record.phase === 'Progressing';
  const after = `${Math.round(age / 1000)} s after it began to answer`;
  const said = look.said === undefined ? '' : `: ${look.said}`;
  // Once it counts as Healthy a single crash is only a crash.
  if (look.restarts > (watched ? 0 : 2)) return failed(record, [`its process ended ${after}${said}`], look.now);
  if (watched && look.unready >= UNREADY) return failed(record, [`it was not ready any more ${after}${said}`], look.now);
  if (look.burns !== undefined) return failed(record, [`it ${look.burns}, ${after}`], look.now);
  return watched && age >= patience.watchMs && look.unready === 0 ? { ...record, phase: 'Healthy', endedAt: look.now } : record;
}

export function told({ release, commit, phase, startedAt, endedAt, evidence }: Record): Rollout {
  return { release, commit, phase, startedAt: new Date(startedAt).toISOString(), ...(endedAt === undefined ? {} : { endedAt: new Date(endedAt).toISOString() }), evidence };
}
