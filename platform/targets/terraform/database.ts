import { DbInstance, DbParameterGroup, DbSubnetGroup } from './cdktf.ts';
import type { Network } from './network.ts';
import type { Scope } from './scope.ts';
import { storedAs } from './secret.ts';
import { addGroup } from './security-group.ts';

/** Storage may grow by itself up to so many times what was asked for. */
const GROWTH = 4;

/** RDS PostgreSQL 15: one instance per database backing, so that one that is full or slow stops nobody else. */
export function addDatabases(scope: Scope, network: Network, kmsKeyId: string): void {
  const databases = scope.made.database;
  if (databases.length === 0) return;
  const { stack, environment, production } = scope;
  const subnets = stack.add(DbSubnetGroup, 'data', { name: `${environment.name}-data`, subnetIds: [...network.data] });
  const parameters = stack.add(DbParameterGroup, 'postgres15', {
    name: `${environment.name}-postgres15`, family: 'postgres15', description: 'TLS or nothing',
    parameter: [
      { name: 'rds.force_ssl', value: '1' },
      { name: 'log_connections', value: '1' },
      { name: 'log_disconnections', value: '1' },
    ],
  });
  for (const { name, options } of databases) {
    const group = addGroup(scope, network, name, 5432);
    const instance = stack.add(DbInstance, name, {
      identifier: `${environment.name}-${name}`,
      engine: 'postgres', engineVersion: '15', instanceClass: options.size, port: 5432, autoMinorVersionUpgrade: true,
      dbName: 'journey', username: 'journey_owner',
      // RDS makes, keeps and rotates the owner's password; Terraform never sees it.
      manageMasterUserPassword: true, masterUserSecretKmsKeyId: kmsKeyId,
      storageType: 'gp3', allocatedStorage: options.storageGb, maxAllocatedStorage: options.storageGb * GROWTH, storageEncrypted: true, kmsKeyId,
      dbSubnetGroupName: subnets.at('name'), parameterGroupName: parameters.at('name'), vpcSecurityGroupIds: [group], publiclyAccessible: false,
      caCertIdentifier: 'rds-ca-rsa2048-g1',
      multiAz: options.multiAz,
      backupRetentionPeriod: options.backupDays, backupWindow: '01:00-02:00', maintenanceWindow: 'sun:02:30-sun:03:30', copyTagsToSnapshot: true,
      deleteAutomatedBackups: !production, deletionProtection: production,
      ...(production ? { skipFinalSnapshot: false, finalSnapshotIdentifier: `${environment.name}-${name}-final` } : { skipFinalSnapshot: true }),
      performanceInsightsEnabled: true, performanceInsightsKmsKeyId: kmsKeyId,
      enabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
      tags: { Name: `${environment.name}-${name}` },
      lifecycle: { preventDestroy: production },
    });
    stack.output(`${name}-address`, instance.at('endpoint'), `Host and port for the URL in the secret ${storedAs(environment, `${name}-url`)}`);
  }
}
