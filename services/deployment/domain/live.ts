/** What an engine sees of one environment; Argo CD's words. The local reconciler answers exactly this. */
export interface LiveEnvironment {
  readonly engine: string;
  readonly environment: string;
  /** The commit of main that it is, or is becoming. */
  readonly revision: string | null;
  readonly automatic: boolean;
  /** RFC 3339. */
  readonly observedAt: string;
  readonly workloads: readonly LiveWorkload[];
}
export interface LiveWorkload {
  readonly name: string;
  readonly sync: 'Synced' | 'OutOfSync' | 'Unknown';
  readonly health: 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing' | 'Unknown';
  /** Why it is not Healthy. */
  readonly why?: string;
  readonly desired: { readonly release: string; readonly replicas: number };
  readonly live: { readonly release: string; readonly replicas: number; readonly ready: number };
  /** Since when this release answers. */
  readonly since?: string;
  readonly drift: readonly Drift[];
  /** Of the last minute; absent where the engine keeps none. */
  readonly healed?: readonly (Drift & { readonly at: string })[];
  /** The last change of what it is to be. */
  readonly rollout?: Rollout;
}
export interface Drift {
  /** `process`, `env.RATE_LIMIT_RPS`, `replicas`, `release`. */
  readonly field: string;
  readonly desired: string;
  readonly live: string;
}
export interface Rollout {
  readonly release: string;
  /** The commit of main that asked for it. */
  readonly commit: string;
  /** Healthy only when the time in which it was watched went by without trouble. */
  readonly phase: 'Progressing' | 'Healthy' | 'Degraded';
  /** Whether its smoke test was seen to pass; absent where the engine runs none and watches instead. */
  readonly tested?: boolean;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** What was seen: last words, probe answers, counted failures. */
  readonly evidence: readonly string[];
}
