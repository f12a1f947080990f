import { createHash } from 'node:crypto';
import { configMap } from './cdk8s.ts';
import type { Entry } from './env.ts';
import { metadataOf } from './metadata.ts';
import type { Described } from './object.ts';
import type { Deployed } from './scope.ts';
import { wave } from './wave.ts';

/** The addresses a workload is given. Absent when it is given none. */
export function configMapOf(deployed: Deployed, entries: readonly Entry[]): Described[] {
  const data = addressesIn(entries);
  if (Object.keys(data).length === 0) return [];
  const declaredBy = entries.flatMap((entry) => ('config' in entry.value && entry.declaredBy ? [entry.declaredBy] : []));
  return [configMap({ metadata: metadataOf(deployed.scope, deployed.owner, deployed.name, wave.access, declaredBy), data }, declaredBy)];
}

/** Goes into the pod template: a changed address restarts the pods, which a changed ConfigMap alone does not. */
export function configHash(entries: readonly Entry[]): string {
  return createHash('sha256').update(JSON.stringify(addressesIn(entries))).digest('hex').slice(0, 16);
}

function addressesIn(entries: readonly Entry[]): Record<string, string> {
  return Object.fromEntries(entries.flatMap(({ name, value }) => ('config' in value ? [[name, value.config]] : [])));
}
