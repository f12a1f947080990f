import type { Contract, Spec, Telemetry } from '../../services/kit/contract.ts';
import { callSite, type SourceLine } from './source.ts';

declare const opaque: unique symbol;

/** A value known only in an environment. Holding one *is* the permission to reach its target. */
export interface Ref<Kind extends string = string, Target extends string = string> {
  readonly [opaque]: true;
  readonly kind: Kind;
  readonly target: Target;
  readonly declaredAt: SourceLine;
}
const ref = <K extends string, T extends string>(kind: K, target: T) => ({ kind, target, declaredAt: callSite() }) as Ref<K, T>;

/** `stream` comes with event streaming. */
export type BackingKind = 'database' | 'cache' | 'queue' | 'mail' | 'objects' | 'repository' | 'engine' | 'secrets' | Telemetry;
export interface Backing<K extends BackingKind = BackingKind, N extends string = string> {
  readonly kind: K;
  readonly name: N;
  readonly declaredAt: SourceLine;
}
const backingOf = <const K extends BackingKind>(kind: K) => <const N extends string>(name: N): Backing<K, N> => ({ kind, name, declaredAt: callSite() });
export const database = backingOf('database');
export const cache = backingOf('cache');
export const queue = backingOf('queue');
export const mail = backingOf('mail');
export const objects = backingOf('objects');
/** The git repository that says what should run, with the forge that keeps its pull requests. */
export const repository = backingOf('repository');
/** What makes an environment be what the repository says: Argo CD, or the local reconciler. */
export const engine = backingOf('engine');
export const secrets = backingOf('secrets');
/** Where figures, log lines, spans and alerts are read. */
export const metrics = backingOf('metrics');
export const logs = backingOf('logs');
export const traces = backingOf('traces');
export const alerts = backingOf('alerts');

/** A value that may differ between environments. */
export interface Knob<T extends KnobValue = KnobValue> {
  readonly kind: 'knob';
  readonly about: string;
  readonly declaredAt: SourceLine;
  readonly _value?: T;
}
export type KnobValue = string | number;
export const knob = <T extends KnobValue>(about: string): Knob<T> => ({ kind: 'knob', about, declaredAt: callSite() });

/** The URL of a deployed service. */
export const url = <N extends string>(to: Contract<N>) => ref('service', to.name);
/** Where people reach a workload from outside; nothing where it is not public. It allows no call. */
export const publicAddress = <N extends string>(of: Contract<N>) => ref('address', of.name);
/** The connection to a backing. */
export const use = <K extends Exclude<BackingKind, 'secrets'>, N extends string>(to: Backing<K, N>) => ref(to.kind, to.name);
/** One value in the platform's secret store. */
export const secretNamed = <const N extends string>(name: N) => ref('secret', name);

/** What may be bound to one entry of a contract's env. No branch admits a bare string for a URL or a secret. */
export type Binding<S extends Spec> =
  S extends { kind: 'text' } ? string | Knob<string>
  : S extends { kind: 'number' } ? number | Knob<number>
  : S extends { kind: 'oneOf'; values: readonly (infer V extends string)[] } ? V | Knob<V>
  : S extends { kind: 'service'; of: infer N extends string } ? Ref<'service', N>
  : S extends { kind: 'address'; of: infer N extends string } ? Ref<'address', N>
  : S extends { kind: infer K extends string } ? Ref<K>
  : never;

/** What a binding is once the types are gone: what the targets read. */
export type AnyBinding = Ref | Knob | KnobValue;
export const isRef = (b: AnyBinding): b is Ref => typeof b === 'object' && b.kind !== 'knob';
export const isKnob = (b: AnyBinding): b is Knob => typeof b === 'object' && b.kind === 'knob';
