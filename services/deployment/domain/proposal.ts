/** What `./journey propose` takes on its standard input, and what it answers: a change made, rendered, checked and committed, but not yet on any branch. */
export interface Proposal {
  /** A bare git folder; the commit's objects go there. */
  readonly repository: string;
  /** The commit to change, usually the tip of main. */
  readonly base: string;
  readonly change: Change;
  readonly title: string;
  /** Free text of a person. */
  readonly reason: string;
  readonly author: string;
  /** `Requested-by`, `Journey`, `Change` …: the trailers of the commit message. */
  readonly trailers: Readonly<Record<string, string>>;
}
export type Change =
  | { readonly kind: 'release'; readonly environment: string; readonly workload: string; readonly release: string }
  | { readonly kind: 'knob'; readonly environment: string; readonly knob: string; readonly value: string | number }
  /** `most`: of an autoscaler; absent on a laptop. */
  | { readonly kind: 'scale'; readonly environment: string; readonly workload: string; readonly replicas: number; readonly most?: number }
  | { readonly kind: 'promotion'; readonly from: string; readonly to: string; readonly workloads: readonly string[] }
  /** Undoes what a commit of main changed outside of synth/, on top of `base`. `confirm`: the name that a person typed; the command line does not know it. */
  | { readonly kind: 'rollback'; readonly environment: string; readonly commit: string; readonly confirm?: string };

export interface Proposed {
  /** Equal to `base` when the change changes nothing. */
  readonly commit: string;
  readonly base: string;
  /** What changed, one line each: `rateLimit 200 → 100`. */
  readonly facts: readonly Fact[];
  readonly environments: readonly string[];
  readonly workloads: readonly string[];
  readonly checks: readonly { readonly name: string; readonly passed: boolean; readonly said: readonly string[] }[];
  /** `./journey diff base..commit --json`. */
  readonly diff: unknown;
}
/** One value of the model: what a hold is about. `subject` is `release/gateway`, `knob/rateLimit` or `scale/gateway`. */
export interface Fact { readonly environment: string; readonly subject: string; readonly from: string; readonly to: string }
