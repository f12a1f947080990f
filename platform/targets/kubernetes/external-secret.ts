import { providerOf } from '../../model/index.ts';
import { plain, type Described } from './object.ts';
import type { Entry } from './env.ts';
import { metadataOf } from './metadata.ts';
import { storeNameOf, type Deployed, type Owner, type Scope } from './scope.ts';
import { fetchedInto } from './secret.ts';
import { wave } from './wave.ts';

/** What External Secrets fetches for one workload, key by key. Absent when everything is made in the cluster. */
export function externalSecretOf({ scope, name, owner }: Deployed, entries: readonly Entry[]): Described[] {
  const stored = entries.flatMap((entry) => ('secret' in entry.value && entry.value.secret.stored !== undefined
    ? [{ key: entry.value.secret.key, stored: entry.value.secret.stored, declaredBy: entry.declaredBy }] : []));
  if (stored.length === 0) return [];
  const declaredBy = stored.flatMap((one) => (one.declaredBy ? [one.declaredBy] : []));
  return [plain({
    apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret',
    metadata: metadataOf(scope, owner, name, wave.access, declaredBy),
    spec: {
      refreshInterval: '1h',
      secretStoreRef: storeOf(scope),
      target: { name: fetchedInto(name), creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      // The last three are the operator's defaults: left out, Argo CD would show the object as OutOfSync for ever.
      data: stored.map((one) => ({
        secretKey: one.key,
        remoteRef: { key: one.stored, conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' },
      })),
    },
  }, declaredBy)];
}

/** The store of the environment. For an `external` one the cluster's admin provides a ClusterSecretStore of the backing's name. */
function storeOf(scope: Scope) {
  const name = storeNameOf(scope.platform);
  const { provider } = providerOf(scope.platform, scope.environment, name);
  return { kind: provider === 'aws' ? 'SecretStore' : 'ClusterSecretStore', name };
}

/** AWS Secrets Manager, read with the operator's own identity: no key stands in the cluster. */
export function secretStoreOf(scope: Scope, owner: Owner): Described[] {
  const name = storeNameOf(scope.platform);
  if (providerOf(scope.platform, scope.environment, name).provider !== 'aws') return [];
  return [plain({
    apiVersion: 'external-secrets.io/v1', kind: 'SecretStore',
    metadata: metadataOf(scope, owner, name, wave.policy),
    spec: { provider: { aws: { service: 'SecretsManager', region: scope.environment.cloud.region } } },
  })];
}
