import { edgesIn, ModelError, providerOf, UNBUILT_DIGEST, type ClusterEnvironment, type Edge, type Platform, type Workload } from '../../model/index.ts';

/** Where the objects of an environment are. */
export interface Home {
  /** `journey-dev` */
  readonly namespace: string;
  /** `request-journey-dev`: tells this installation's objects from those of another. */
  readonly installation: string;
}

/** One environment of one platform, with its edges sorted for looking up: made once, read by every object. */
export interface Scope extends Home {
  readonly platform: Platform;
  readonly environment: ClusterEnvironment;
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
export const homeOf = ({ name }: ClusterEnvironment): Home => ({ namespace: `journey-${name}`, installation: `${PROJECT}-${name}` });
/** The pods that bring a workload's database up to date: no Service, budget or policy of the workload selects them. */
export const migrationOf = (workload: string): string => `${workload}-migration`;

/** The pod that asks a workload whether it answers, after each sync. */
export const smokeOf = (workload: string): string => `${workload}-smoke`;

/** The name of the backing that keeps the secrets; the platform says its key. */
export const storeNameOf = (platform: Platform): string => platform.backing[platform.standard.secrets]?.name ?? platform.standard.secrets;

export function scopeOf(platform: Platform, environment: ClusterEnvironment): Scope {
  const edges = edgesIn(platform, environment).flatMap((edge) => (migrates(platform, edge) ? [edge, { ...edge, from: migrationOf(edge.from) }] : [edge]));
  return {
    platform, environment,
    ...homeOf(environment),
    edgesFrom: Map.groupBy(edges, (edge) => edge.from),
    edgesTo: Map.groupBy(edges, (edge) => edge.to),
    keepsSecrets: providerOf(platform, environment, storeNameOf(platform)).provider === 'inCluster',
  };
}

/** A migration reaches the databases of its workload, and nothing else. */
const migrates = (platform: Platform, edge: Edge): boolean => edge.backing === 'database' && platform.workloads[edge.from]?.contract.migrates === true;

/** @throws {ModelError} when the environment has no release of it. */
export function deployedOf(scope: Scope, name: string, workload: Workload): Deployed {
  const { digest, version } = releaseOf(scope.environment, name);
  return { scope, name, workload, digest, image: `${scope.environment.registry}/${name}@${digest}`, owner: workloadOwner(name, version) };
}

export const workloadOwner = (name: string, version: string): Owner => ({ name, component: 'workload', version });

/** The digest that runs, and as much of it as a label may show. @throws {ModelError} when there is none. */
export function releaseOf(environment: ClusterEnvironment, workload: string): { readonly digest: string; readonly version: string } {
  const image = environment.release[workload]?.image;
  if (image === 'unbuilt') return { digest: UNBUILT_DIGEST, version: image };
  if (image !== undefined) return { digest: image, version: image.slice('sha256:'.length, 'sha256:'.length + 12) };
  throw new ModelError(
    `environments/releases/${environment.name}.json`, `"${environment.name}" has no release of the workload "${workload}"`,
    `Add "${workload}": { "image": "unbuilt" }.`,
  );
}
