import type { Telemetry } from '../../services/kit/contract.ts';
import type { BackingKind } from './reference.ts';

/** Runs inside the local runner (or as its child): laptops only. */
export interface Embedded<K extends BackingKind> { readonly provider: 'embedded'; readonly kind: K }
/** Somebody else runs it; its URL is in the secret `<backing>-url` (local: the variable `<BACKING>_URL`). */
export interface External<K extends BackingKind> { readonly provider: 'external'; readonly kind: K; readonly cidr: Cidr; readonly port: number }
/** Whoever uses it keeps it itself, in its own database, or does without (alerts): there is nothing to reach. */
export interface Own<K extends Telemetry> { readonly provider: 'own'; readonly kind: K }
/** A StatefulSet in the namespace with credentials generated there; for environments that may lose it. */
export interface InCluster<K extends BackingKind> { readonly provider: 'inCluster'; readonly kind: K; readonly storage: Storage }
/** A managed service of AWS, made by the Terraform stack of the environment. */
export interface Aws<K extends AwsKind> { readonly provider: 'aws'; readonly kind: K; readonly options: AwsOptions[K] }

export type Cidr = `${number}.${number}.${number}.${number}/${number}`;
export type Storage = `${number}Gi`;
/** Brokers and mail come later. */
export type AwsKind = 'database' | 'cache' | 'objects' | 'secrets';
export interface AwsOptions {
  readonly database: { readonly size: `db.${string}`; readonly storageGb: number; readonly multiAz: boolean; readonly backupDays: number };
  readonly cache: { readonly size: `cache.${string}`; readonly replicas: number };
  readonly objects: { readonly versions: boolean };
  readonly secrets: { readonly recoveryDays: number };
}
export interface RedundantAwsOptions {
  readonly database: AwsOptions['database'] & { readonly multiAz: true };
  readonly cache: AwsOptions['cache'] & { readonly replicas: 1 | 2 | 3 | 4 | 5 };
  readonly objects: AwsOptions['objects'] & { readonly versions: true };
  readonly secrets: AwsOptions['secrets'];
}

/** Somebody else's system wherever there is a cluster. */
type Elsewhere = 'repository' | 'engine' | Telemetry;

export const embedded = <const K extends BackingKind>(kind: K): Embedded<K> => ({ provider: 'embedded', kind });
export const own = <const K extends Telemetry>(kind: K): Own<K> => ({ provider: 'own', kind });
export const external = <const K extends BackingKind>(kind: K, at: { readonly cidr: Cidr; readonly port: number }): External<K> =>
  ({ provider: 'external', kind, ...at });
export const inCluster = <const K extends BackingKind>(kind: K, o: { readonly storage: Storage } = { storage: '1Gi' }): InCluster<K> =>
  ({ provider: 'inCluster', kind, ...o });
export const aws = <const K extends AwsKind, const O extends AwsOptions[K]>(kind: K, options: O) => ({ provider: 'aws', kind, options }) as const;

export type AnyProvider = { readonly [K in BackingKind]: Embedded<K> | External<K> | InCluster<K> | (K extends Telemetry ? Own<K> : never) | (K extends AwsKind ? Aws<K> : never) }[BackingKind];

export type LocalProvider<K extends BackingKind> = K extends BackingKind ? (K extends Telemetry ? Own<K> : Embedded<K>) : never;
export type ClusterProvider<K extends BackingKind> =
  K extends BackingKind ? External<K> | (K extends Telemetry ? Own<K> : never) | (K extends Elsewhere ? never : InCluster<K>) | (K extends AwsKind ? Aws<K> : never) : never;
export type ProductionProvider<K extends BackingKind> =
  K extends BackingKind
    ? External<K> | (K extends Telemetry ? Own<K> : never) | (K extends AwsKind ? { readonly provider: 'aws'; readonly kind: K; readonly options: RedundantAwsOptions[K] } : never)
    : never;
