import type { Delivery, GuardedDelivery, LocalDelivery } from './delivery.ts';
import type { AnyProvider, Cidr, ClusterProvider, LocalProvider, ProductionProvider } from './provider.ts';
import type { Backing, BackingKind, Knob, KnobValue } from './reference.ts';
import type { ImageRelease, SourceRelease } from './release.ts';
import { callSite, type SourceLine } from './source.ts';

/** Replicas: the autoscaler moves between the two. */
export interface Scale { readonly min: number; readonly max: number }
/** More than that is no laptop. */
export type Replicas = 1 | 2 | 3 | 4;
/** Production never runs one copy: 1 is not in the type. */
export interface RedundantScale { readonly min: 2 | 3 | 4 | 5 | 6; readonly max: number }
export type Region = 'eu-west-1' | 'eu-central-1' | 'us-east-1';

/** Where the environment's cloud resources live. */
export interface CloudPlace {
  readonly region: Region;
  /** The address range of its network; a /16 is cut into one /20 per zone and tier. */
  readonly cidr: Cidr;
  readonly zones: 2 | 3;
  /** The bucket that keeps the Terraform state (made once, by hand, before everything else). */
  readonly stateBucket: string;
}

interface Model {
  readonly workloads: Readonly<Record<string, unknown>>;
  readonly backing: Readonly<Record<string, Backing>>;
  readonly knobs: Readonly<Record<string, unknown>>;
}
type Values<K> = { readonly [N in keyof K]: K[N] extends Knob<infer T> ? T : never };
type KindOf<B> = B extends Backing<infer K extends BackingKind> ? K : never;
type Each<P extends Model, V> = { readonly [N in keyof P['workloads']]: V };

export interface LocalOptions<P extends Model> {
  readonly backing: { readonly [N in keyof P['backing']]: LocalProvider<KindOf<P['backing'][N]>> };
  /** Processes of each workload. */
  readonly scale: Each<P, Replicas>;
  readonly knobs: Values<P['knobs']>;
  /** May somebody make a workload go wrong, for a while? @default no: there is no switch */
  readonly faults?: true;
  readonly delivery: LocalDelivery;
  readonly release: Each<P, SourceRelease>;
}
interface ClusterCommon<P extends Model> {
  /** Public hosts are below it: `<host>.<domain>`. */
  readonly domain: string;
  /** Images are `<registry>/<workload>@<digest>`. */
  readonly registry: string;
  /** The cert-manager issuer of its certificates. */
  readonly issuer: string;
  readonly cloud: CloudPlace;
  readonly knobs: Values<P['knobs']>;
  readonly release: Each<P, ImageRelease>;
}
export interface ClusterOptions<P extends Model> extends ClusterCommon<P> {
  readonly backing: { readonly [N in keyof P['backing']]: ClusterProvider<KindOf<P['backing'][N]>> };
  readonly scale: Each<P, Scale>;
  /** As in LocalOptions; production has none. */
  readonly faults?: true;
  readonly delivery: Delivery;
}
export interface ProductionOptions<P extends Model> extends ClusterCommon<P> {
  readonly backing: { readonly [N in keyof P['backing']]: ProductionProvider<KindOf<P['backing'][N]>> };
  readonly scale: Each<P, RedundantScale>;
  readonly delivery: GuardedDelivery;
}

/** A laptop: processes on loopback. */
export const localOf = <P extends Model>(_: P, name: string, o: LocalOptions<P>) =>
  ({ kind: 'local', name, declaredAt: callSite(), ...o }) as unknown as LocalEnvironment;
/** A cluster that may be small and may lose what `inCluster` keeps. */
export const clusterOf = <P extends Model>(_: P, name: string, o: ClusterOptions<P>) =>
  ({ kind: 'cluster', name, declaredAt: callSite(), ...o }) as unknown as ClusterEnvironment;
/** A cluster that people depend on: redundant, nothing embedded, deletion protected. */
export const productionOf = <P extends Model>(_: P, name: string, o: ProductionOptions<P>) =>
  ({ kind: 'production', name, declaredAt: callSite(), ...o }) as unknown as ClusterEnvironment;

interface AnyEnvironment {
  readonly name: string;
  readonly declaredAt: SourceLine;
  readonly backing: Readonly<Record<string, AnyProvider>>;
  readonly knobs: Readonly<Record<string, KnobValue>>;
  readonly delivery: Delivery;
  readonly faults?: true;
}
/** Environments with their types gone: what the targets read. */
export interface LocalEnvironment extends AnyEnvironment {
  readonly kind: 'local';
  readonly delivery: LocalDelivery;
  readonly scale: Readonly<Record<string, number>>;
  readonly release: Readonly<Record<string, SourceRelease>>;
}
export interface ClusterEnvironment extends AnyEnvironment {
  readonly kind: 'cluster' | 'production';
  readonly domain: string;
  readonly registry: string;
  readonly issuer: string;
  readonly cloud: CloudPlace;
  readonly scale: Readonly<Record<string, Scale>>;
  readonly release: Readonly<Record<string, ImageRelease>>;
}
export type Environment = LocalEnvironment | ClusterEnvironment;
