import { edgesOf, ModelError, providerOf, UNBUILT_DIGEST, type ClusterEnvironment, type Edge, type Platform, type Workload } from '../../model/index.ts';

/** One environment of one platform, with its edges sorted for looking up: made once, read by every object. */
export interface Scope {
  readonly platform: Platform;
  readonly environment: ClusterEnvironment;
  /** `journey-dev` */
  readonly namespace: string;
  /** `request-journey-dev`: tells this installation's objects from those of another. */
  readonly installation: string;
  readonly edgesFrom: ReadonlyMap<string, readonly Edge[]>;
  readonly edgesTo: ReadonlyMap<string, readonly Edge[]>;
  /** Are secrets put into the cluster by hand, not fetched from a store? */
  readonly keepsSecrets: boolean;
}

/** One workload in one environment. */
export interface Deployed {
  readonly scope: Scope;
  readonly name: string;
  readonly workload: Workload;
  readonly digest: string;
  /** `<registry>/<workload>@<digest>` */
  readonly image: string;
  readonly owner: Owner;
}

/** Whom an object's labels name. */
export interface Owner { readonly name: string; readonly component: string; readonly version: string }

/** The label `part-of`, and the first part of every name that must be unique outside its namespace. */
export const PROJECT = 'request-journey';
export const namespaceOf = (environment: ClusterEnvironment): string => `journey-${environment.name}`;
export const installationOf = (environment: ClusterEnvironment): string => `${PROJECT}-${environment.name}`;
/** The pods that bring a workload's database up to date: no Service, budget or policy of the workload selects them. */
export const migrationOf = (workload: string): string => `${workload}-migration`;

/** The name of the backing that keeps the secrets; the platform says its key. */
export const storeNameOf = (platform: Platform): string => platform.backing[platform.standard.secrets]?.name ?? platform.standard.secrets;

export function scopeOf(platform: Platform, environment: ClusterEnvironment): Scope {
  const edges = edgesOf(platform).flatMap((edge) => (migrates(platform, edge) ? [edge, { ...edge, from: migrationOf(edge.from) }] : [edge]));
  return {
    platform, environment,
    namespace: namespaceOf(environment),
    installation: installationOf(environment),
    edgesFrom: Map.groupBy(edges, (edge) => edge.from),
    edgesTo: Map.groupBy(edges, (edge) => edge.to),
    keepsSecrets: providerOf(platform, environment, storeNameOf(platform)).provider === 'inCluster',
  };
}

/** A migration reaches the databases of its workload, and nothing else. */
const migrates = (platform: Platform, edge: Edge): boolean => edge.backing === 'database' && platform.workloads[edge.from]?.contract.migrates === true;

/** @throws {ModelError} when the environment has no release of it. */
export function deployedOf(scope: Scope, name: string, workload: Workload): Deployed {
  const release = scope.environment.release[name]?.image;
  if (release === undefined) {
    const file = `environments/releases/${scope.environment.name}.json`;
    throw new ModelError(file, `"${scope.environment.name}" has no release of the workload "${name}"`, `Add "${name}": { "image": "unbuilt" }.`);
  }
  const digest = release === 'unbuilt' ? UNBUILT_DIGEST : release;
  const version = release === 'unbuilt' ? release : release.slice('sha256:'.length, 'sha256:'.length + 12);
  return { scope, name, workload, digest, image: `${scope.environment.registry}/${name}@${digest}`, owner: { name, component: 'workload', version } };
}
