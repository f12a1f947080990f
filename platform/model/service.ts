import type { Contract, EnvSpec, RouteSet } from '../../services/kit/contract.ts';
import type { Objective } from './objective.ts';
import type { AnyBinding, Binding } from './reference.ts';
import { callSite, type SourceLine } from './source.ts';

export interface ServiceOptions<E extends EnvSpec> {
  /** All it may reach: one binding per entry of its contract, one per line. */
  readonly env: { readonly [K in keyof E]: Binding<E[K]> };
  /** Reachable from outside as `<host>.<domain>`, with TLS. @default only from inside */
  readonly public?: { readonly host: string };
  readonly scaleOn: { readonly cpu: Fraction };
  readonly slo: readonly [Objective, ...Objective[]];
  /** Rights in the cluster's API. @default none, and no token is mounted */
  readonly kubernetes?: readonly Grant[];
  /** What one replica asks for; it may use twice the memory and four times the processor. @default 100m, 160Mi */
  readonly resources?: Resources;
}
export type Fraction = 0.5 | 0.6 | 0.7 | 0.8;
export interface Resources { readonly cpu: `${number}m`; readonly memory: `${number}Mi` }
export interface Grant { readonly verbs: readonly Verb[]; readonly on: 'pods' | 'deployments.apps' | 'configmaps' }
export type Verb = 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete';

/** A contract bound to what it needs. */
export interface Service<C extends Contract = Contract> {
  readonly contract: C;
  readonly options: ServiceOptions<C['env']>;
  readonly declaredAt: SourceLine;
}
export function service<const N extends string, const E extends EnvSpec, const R extends RouteSet>(
  contract: Contract<N, E, R>, options: ServiceOptions<E>,
): Service<Contract<N, E, R>> {
  return { contract, options, declaredAt: callSite() };
}

/** A workload with its types gone: what the targets read. */
export interface Workload {
  readonly contract: Contract;
  readonly options: Omit<ServiceOptions<EnvSpec>, 'env'> & { readonly env: Readonly<Record<string, AnyBinding>> };
  readonly declaredAt: SourceLine;
}
