import { ModelError, providerOf, type BackingKind, type Cidr } from '../../model/index.ts';
import type { Scope } from './scope.ts';

/** Where a backing is: pods of this namespace, or addresses outside of it; one port. */
export type Place =
  | { readonly in: 'cluster'; readonly port: number }
  | { readonly in: 'network'; readonly cidr: Cidr; readonly port: number };

/** The ports that the pods of `inCluster` backings listen on: each server's own. */
export const clusterPort = { database: 5432, cache: 6379, queue: 5672, mail: 1025 } as const satisfies Partial<Record<BackingKind, number>>;
/** AWS: RDS and ElastiCache in the network of the environment; S3 and Secrets Manager by an interface endpoint in it. */
const awsPort = { database: 5432, cache: 6379, objects: 443, secrets: 443 } as const;

export type InClusterKind = keyof typeof clusterPort;
export const isInClusterKind = (kind: BackingKind): kind is InClusterKind => kind in clusterPort;

/** @throws {ModelError} when no cluster can have what the environment says. */
export function placeOf(scope: Scope, backing: string): Place {
  const provider = providerOf(scope.platform, scope.environment, backing);
  if (provider.provider === 'external') return { in: 'network', cidr: provider.cidr, port: provider.port };
  if (provider.provider === 'aws') return { in: 'network', cidr: scope.environment.cloud.cidr, port: awsPort[provider.kind] };
  if (provider.provider === 'inCluster' && isInClusterKind(provider.kind)) return { in: 'cluster', port: clusterPort[provider.kind] };
  throw new ModelError(
    scope.environment.declaredAt, `"${scope.environment.name}" gives the backing "${backing}" the provider ${provider.provider}('${provider.kind}'), which no cluster has`,
    provider.provider === 'embedded' ? 'Give it aws(…), inCluster(…) or external(…).' : 'Give it aws(…) or external(…).',
  );
}
