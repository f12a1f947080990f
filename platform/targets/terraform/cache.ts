import { DataAwsSecretsmanagerSecretVersion, ElasticacheReplicationGroup, ElasticacheSubnetGroup } from './cdktf.ts';
import type { Network } from './network.ts';
import type { Scope } from './scope.ts';
import { addSecret, storedAs } from './secret.ts';
import { addGroup } from './security-group.ts';

/**
 * ElastiCache Redis 7: one replication group per cache backing. Its token is put into the secret `<cache>-token` by a
 * person before the group is made; Terraform only reads it (state is encrypted, see the backend).
 */
export function addCaches(scope: Scope, network: Network, kmsKeyId: string): void {
  const caches = scope.made.cache;
  if (caches.length === 0) return;
  const { stack, environment, production } = scope;
  const subnets = stack.add(ElasticacheSubnetGroup, 'data', { name: `${environment.name}-data`, subnetIds: [...network.data] });
  for (const { name, options } of caches) {
    const secret = addSecret(scope, `${name}-token`, `Token of the cache ${name}: 16 to 128 letters and digits`, kmsKeyId);
    const token = stack.read(DataAwsSecretsmanagerSecretVersion, `${name}-token`, { secretId: secret.at('id') });
    const group = stack.add(ElasticacheReplicationGroup, name, {
      replicationGroupId: `${environment.name}-${name}`, description: `Cache ${name} of ${environment.name}`,
      engine: 'redis', engineVersion: '7.1', parameterGroupName: 'default.redis7', nodeType: options.size, port: 6379,
      numCacheClusters: options.replicas + 1, automaticFailoverEnabled: options.replicas > 0, multiAzEnabled: options.replicas > 0,
      transitEncryptionEnabled: true, transitEncryptionMode: 'required', authToken: token.at('secretString'), authTokenUpdateStrategy: 'ROTATE',
      atRestEncryptionEnabled: 'true', kmsKeyId,
      subnetGroupName: subnets.at('name'), securityGroupIds: [addGroup(scope, network, name, 6379)],
      snapshotRetentionLimit: production ? 7 : 1, snapshotWindow: '01:00-02:00', maintenanceWindow: 'sun:02:30-sun:03:30',
      ...(production ? { finalSnapshotIdentifier: `${environment.name}-${name}-final` } : {}),
      autoMinorVersionUpgrade: 'true', applyImmediately: false,
      tags: { Name: `${environment.name}-${name}` },
    });
    stack.output(`${name}-address`, group.at('primaryEndpointAddress'), `Host for the URL in the secret ${storedAs(environment, `${name}-url`)}`);
  }
}
