import { job } from './cdk8s.ts';
import { commandOf, temporary } from './container.ts';
import type { Entry } from './env.ts';
import { labelsOf, metadataOf } from './metadata.ts';
import type { Described } from './object.ts';
import { migrationOf, type Deployed, type Owner } from './scope.ts';
import { nobody, podSecurity } from './security.ts';
import { hook, wave } from './wave.ts';

/** Labels of its own: a Service, budget or spread that selects the workload must not count a migrating pod. */
export const migrationOwnerOf = ({ name, owner }: Deployed): Owner => ({ ...owner, name: migrationOf(name), component: 'migration' });

/** Argo CD runs it in every sync of a commit, after secrets and databases and before the workload; a failed one stops the sync. */
export function migrationJobOf(deployed: Deployed, entries: readonly Entry[]): Described[] {
  const { scope, name, workload } = deployed;
  if (!workload.contract.migrates) return [];
  const owner = migrationOwnerOf(deployed);
  const metadata = metadataOf(scope, owner, owner.name, wave.migration);
  return [job({
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, ...hook('Sync') },
    },
    spec: {
      backoffLimit: 3,
      activeDeadlineSeconds: 600,
      template: {
        metadata: { labels: labelsOf(scope, owner) },
        spec: {
          ...podSecurity(nobody),
          serviceAccountName: name,
          restartPolicy: 'Never',
          containers: [commandOf(deployed, databasesIn(deployed, entries), 'migrate')],
          volumes: [temporary.volume],
        },
      },
    },
  })];
}

/** All that a migration is given, as it is all that it may reach. */
const databasesIn = ({ workload }: Deployed, entries: readonly Entry[]): Entry[] => entries.filter(({ name }) => workload.contract.env[name]?.kind === 'database');
