/** What the reconciler says of this environment, in Argo CD's words; the schema is the deployment contract's (`sync`, 202). */
export interface LiveEnvironment {
  readonly engine: string;
  readonly environment: string;
  /** The commit of main that it is, or is becoming; null without a repository. */
  readonly revision: string | null;
  readonly automatic: boolean;
  readonly observedAt: string;
  readonly workloads: readonly LiveWorkload[];
}
export interface LiveWorkload {
  readonly name: string;
  readonly sync: 'Synced' | 'OutOfSync' | 'Unknown';
  readonly health: 'Healthy' | 'Progressing' | 'Degraded' | 'Missing';
  readonly why?: string;
  readonly desired: Size;
  readonly live: Size & { readonly ready: number };
  readonly since?: string;
  readonly drift: readonly Drift[];
  /** What was not as main says in the last minute, and is again. */
  readonly healed: readonly Healed[];
  readonly rollout?: Rollout;
}
export interface Size { readonly release: string; readonly replicas: number }
/** One field that is not as main says. `field`: `process`, `release`, `replicas`, `env.RATE_LIMIT_RPS`. */
export interface Drift { readonly field: string; readonly desired: string; readonly live: string }
export interface Healed extends Drift { readonly at: string }
/** The last change of what a workload is to be. */
export interface Rollout {
  readonly release: string;
  readonly commit: string;
  /** Healthy only after it was watched for a while. */
  readonly phase: 'Progressing' | 'Healthy' | 'Degraded';
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly evidence: readonly string[];
}

export const ENGINE = 'local reconciler';
