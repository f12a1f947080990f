import type { Scalar } from './leaves.ts';

/** What a change may cost: data lost, somebody reaching more or less than before, an outage, money. */
export type Risk = 'data' | 'access' | 'availability' | 'cost';
export const risks: readonly Risk[] = ['data', 'access', 'availability', 'cost'];

export type FactKind =
  | 'environment' | 'workload' | 'backing' | 'reference' | 'secret' | 'knob' | 'variable' | 'release' | 'scale' | 'resources' | 'objective'
  | 'public' | 'port' | 'rights' | 'migration' | 'contract' | 'provider' | 'place' | 'delivery' | 'policy' | 'probe' | 'alert' | 'terraform' | 'object' | 'file';

/** One thing that is decided differently, with everything that follows from it. */
export interface Fact {
  readonly kind: FactKind;
  /** Its canonical name: `release/gateway`, `knob/rateLimit`, `reference/gateway.AUTH_URL`, `provider/identity.size`, `delivery/soakMinutes`. */
  readonly subject: string;
  /** Whom it is about, a workload or a backing; absent for what an environment shares. */
  readonly workload?: string;
  /** The object that shows it: `Deployment/gateway`. */
  readonly object: string;
  /** Where in the object, for what has no better name. */
  readonly field?: string;
  /** As the model writes it; absent where it is new, or gone. A secret is `[hidden]`. */
  readonly from?: string;
  readonly to?: string;
  /** For people: `image sha256:1e5000000000 → sha256:2f6000000000`. */
  readonly said: string;
  readonly risks: readonly Risk[];
  /** The line of the model behind it, `environments/production.ts:27`; of the new side, or of the old one for what is gone. */
  readonly declaredAt?: string;
  /** Steps of a journey that change: references (`gateway.AUTH_URL`), and workloads for what they do themselves. */
  readonly hops: readonly string[];
  /** What else differs because of it, one object a line: `NetworkPolicy gateway-to-auth added`. */
  readonly effects: readonly string[];
}

/** The plain form in which a fact can be written down before the change is made. */
export interface Canonical { readonly environment: string; readonly subject: string; readonly from?: string; readonly to?: string }

/** `workload` is null for what is shared. */
export interface Group { readonly workload: string | null; readonly facts: readonly Fact[]; readonly hops: readonly string[] }
/** Unified diff of one file; secrets hidden. */
export interface Patch { readonly path: string; readonly patch: string }
/** One block of the Terraform JSON. Whether AWS changes or replaces it only `terraform plan` knows. */
export interface StackChange {
  /** `aws_db_instance.identity` */
  readonly address: string;
  readonly action: 'added' | 'removed' | 'changed';
  /** Values as they are; a secret is `[hidden]`. */
  readonly fields: readonly { readonly path: string; readonly from?: Scalar; readonly to?: Scalar }[];
}
/** A policy that did not object to the old side. */
export interface NewFinding {
  readonly rule: string;
  readonly level: 'finding' | 'notice';
  readonly file: string;
  readonly object: string;
  readonly path: string;
  readonly what: string;
  readonly fix: string;
  readonly declaredAt?: string;
}

export interface EnvironmentDiff {
  readonly environment: string;
  readonly facts: readonly Fact[];
  readonly workloads: readonly Group[];
  readonly risks: readonly Risk[];
  /** Lines of the model that only stand elsewhere. */
  readonly moved: number;
  readonly findings: readonly NewFinding[];
  /** Why the policies were not asked, where they were not. */
  readonly unjudged?: string;
  readonly yaml: readonly Patch[];
  readonly terraform: readonly StackChange[];
}

export interface Diff {
  /** Full commits; whatever was given for trees that are none. */
  readonly from: string;
  readonly to: string;
  /** Markdown: the same bytes in the CLI, the pull request's comment and the dashboard. */
  readonly text: string;
  readonly environments: readonly EnvironmentDiff[];
}

export function canonicalOf({ environments }: Pick<Diff, 'environments'>): Canonical[] {
  return environments.flatMap(({ environment, facts }) => facts.map(({ subject, from, to }) => ({ environment, subject, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) })));
}
