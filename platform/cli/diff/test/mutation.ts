import type { Canonical } from '../fact.ts';
import type { Model } from './model.ts';
import type { Random } from './random.ts';

/** One change of the model, and the facts that a summary must tell, written down by who made it. */
export interface Mutation { readonly model: Model; readonly facts: readonly Canonical[] }
/** Makes one change of its kind, each time another; undefined where the model has no room for it any more. */
export type Mutator = (model: Model, random: Random) => Mutation | undefined;

/** The same fact in several environments. */
export const inAll = (environments: readonly string[], subject: string, from: string | undefined, to: string | undefined): Canonical[] =>
  environments.map((environment) => ({ environment, subject, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }));
