import type { Backing, Knob } from './reference.ts';
import type { Workload } from './service.ts';

/** Names of the services that a workload's contract calls. */
type Called<W> = W extends { readonly contract: { readonly env: infer E } }
  ? { [K in keyof E]: E[K] extends { kind: 'service'; of: infer N } ? N : never }[keyof E]
  : never;
type Missing<W extends Workloads> = Exclude<Called<W[keyof W]>, keyof W>;
type Resolved<W extends Workloads> = [Missing<W>] extends [never] ? unknown : { readonly 'calls a service that is not in the platform': Missing<W> };

type AnyService = { readonly contract: object; readonly options: object; readonly declaredAt: string };
type Workloads = Readonly<Record<string, AnyService>>;
type Backings = Readonly<Record<string, Backing>>;
type Knobs = Readonly<Record<string, Knob>>;
type NamesOf<B extends Backings, K extends string> = { [N in keyof B]: B[N] extends Backing<infer Q> ? (Q extends K ? N : never) : never }[keyof B];

/** Which workload answers each standard edge, and which backing keeps the secrets. */
export interface Standard<W, S> { readonly telemetry: W; readonly keys: W; readonly secrets: S }

export interface Defined<W extends Workloads, B extends Backings, K extends Knobs> {
  readonly workloads: W;
  readonly backing: B;
  readonly knobs: K;
  readonly standard: Standard<keyof W, NamesOf<B, 'secrets'>>;
}

export function definePlatform<W extends Workloads, B extends Backings, K extends Knobs>(
  p: Omit<Defined<W, B, K>, 'workloads'> & { readonly workloads: W & Resolved<W> },
): Defined<W, B, K> {
  return p as Defined<W, B, K>;
}

/** A platform with its types gone: what the targets read. */
export interface Platform {
  readonly workloads: Readonly<Record<string, Workload>>;
  readonly backing: Readonly<Record<string, Backing>>;
  readonly knobs: Readonly<Record<string, Knob>>;
  readonly standard: Standard<string, string>;
}
