/**
 * What `./journey propose` takes and answers. The same shapes as `services/deployment/domain/proposal.ts`, which the command
 * line may not import; a test keeps the two equal.
 */
export interface Proposal {
  /** Absolute path of a git folder, usually a bare one; the commit's objects go there. */
  readonly repository: string;
  /** The commit to change, usually the tip of main. */
  readonly base: string;
  readonly change: Change;
  readonly title: string;
  /** Free text of a person. */
  readonly reason: string;
  readonly author: string;
  readonly trailers: Readonly<Record<string, string>>;
}
export type Change = ReleaseChange | KnobChange | ScaleChange | PromotionChange | RollbackChange;
export interface ReleaseChange { readonly kind: 'release'; readonly environment: string; readonly workload: string; readonly release: string }
export interface KnobChange { readonly kind: 'knob'; readonly environment: string; readonly knob: string; readonly value: string | number }
/** `most`: of an autoscaler; absent on a laptop, and where it stays as it is. */
export interface ScaleChange { readonly kind: 'scale'; readonly environment: string; readonly workload: string; readonly replicas: number; readonly most?: number }
/** No workloads: all of them. */
export interface PromotionChange { readonly kind: 'promotion'; readonly from: string; readonly to: string; readonly workloads: readonly string[] }
export interface RollbackChange { readonly kind: 'rollback'; readonly environment: string; readonly commit: string }

export interface Proposed {
  /** Equal to `base` when the change changes nothing. */
  readonly commit: string;
  readonly base: string;
  readonly facts: readonly Fact[];
  /** Whose rendered files may differ. */
  readonly environments: readonly string[];
  /** Whose rendered files or releases differ. */
  readonly workloads: readonly string[];
  readonly checks: readonly Check[];
  /** `./journey diff base..commit --json`. */
  readonly diff: unknown;
}
/** `subject` is `release/gateway`, `knob/rateLimit` or `scale/gateway`. */
export interface Fact { readonly environment: string; readonly subject: string; readonly from: string; readonly to: string }
/** A check that did not pass hinders the merge, not the pull request: people should see it. */
export interface Check { readonly name: string; readonly passed: boolean; readonly said: readonly string[] }
