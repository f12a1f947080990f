import type { Change } from './proposal.ts';
import type { DeploymentRequest } from './request.ts';

/** A request with what the worker knows besides: all of it is in the database, so that any process can go on with it. */
export interface Tracked {
  readonly request: DeploymentRequest;
  readonly change: Change;
  /** What its spans hang below. */
  readonly traceparent: string | undefined;
  readonly base?: string;
  readonly head?: string;
  /** Unix time in milliseconds. */
  readonly mergedAt?: number;
  /** When it was first seen to have arrived. */
  readonly syncedAt?: number;
  /** The request that this one takes back by itself. */
  readonly undoes?: string;
  /** Somebody wants this commit merged. */
  readonly wish?: Wish;
  /** Per release that must be got ready first: how that went. */
  readonly prepared: Readonly<Record<string, Preparation>>;
  /** Why it cannot go on by itself. */
  readonly problem?: string;
  /** Failed attempts of the present step. */
  readonly tries: number;
  /** Counts what others have done about it: a step that began before must look again. */
  readonly nudges: number;
}
export interface Wish { readonly by: string; readonly commit: string }
export type Preparation = 'ready' | { readonly failed: string };
