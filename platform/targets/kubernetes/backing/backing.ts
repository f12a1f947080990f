import { isOwn, providerOf, type Storage } from '../../../model/index.ts';
import { configMap } from '../cdk8s.ts';
import { metadataOf } from '../metadata.ts';
import { ingressOf } from '../network-policy.ts';
import type { Described } from '../object.ts';
import { isInClusterKind, placeOf, type InClusterKind } from '../place.ts';
import type { Owner, Scope } from '../scope.ts';
import { credentialsOf } from '../secret.ts';
import { serviceAccountOf } from '../service-account.ts';
import { cache } from './cache.ts';
import { generatedSecretOf } from './credentials.ts';
import { database } from './database.ts';
import { mail } from './mail.ts';
import { queue } from './queue.ts';
import type { Server } from './server.ts';
import { fileName, headlessServiceOf, statefulSetOf } from './stateful-set.ts';
import { wave } from '../wave.ts';

const servers: Readonly<Record<InClusterKind, (name: string) => Server>> = { database, cache, queue, mail };

/** One backing that runs in the namespace. */
export interface InClusterBacking { readonly name: string; readonly owner: Owner; readonly server: Server; readonly storage: Storage }

/** @throws {ModelError} when the environment gives a backing what no cluster has. */
export function inClusterBackings(scope: Scope): InClusterBacking[] {
  return Object.values(scope.platform.backing).flatMap(({ name, kind }): InClusterBacking[] => {
    if (kind === 'secrets' || isOwn(scope.platform, scope.environment, name)) return [];
    const provider = providerOf(scope.platform, scope.environment, name);
    if (placeOf(scope, name).in === 'network' || provider.provider !== 'inCluster' || !isInClusterKind(kind)) return [];
    const server = servers[kind](name);
    return [{ name, server, storage: provider.storage, owner: { name, component: kind, version: server.version } }];
  });
}

/** Everything one of them needs: identity, credentials, files, server, address, and who may call it. */
export function backingObjects(scope: Scope, { name, owner, server, storage }: InClusterBacking): Described[] {
  const declaredBy = [...new Set((scope.edgesTo.get(name) ?? []).map((edge) => edge.reference))];
  return [
    serviceAccountOf(scope, owner, name),
    generatedSecretOf(scope, owner, { name: credentialsOf(name), passwords: server.passwords, secret: server.secret }, declaredBy),
    ...filesOf(scope, owner, server),
    headlessServiceOf(scope, owner, server, declaredBy),
    statefulSetOf(scope, owner, server, storage, declaredBy),
    ...ingressOf(scope, owner, server.ports[0]?.number),
  ];
}

function filesOf(scope: Scope, owner: Owner, { files }: Server): Described[] {
  const data = Object.fromEntries(Object.entries(files).map(([path, text]) => [fileName(path), text]));
  return Object.keys(data).length === 0 ? [] : [configMap({ metadata: metadataOf(scope, owner, owner.name, wave.access), data })];
}
