import { rule } from '../rule.ts';
import { fault, resourcesOf } from './resources.ts';

export const cacheBackups = rule({
  id: 'cache-backups',
  why: 'Without snapshots a lost cache signs everybody out.',
  fix: 'Set snapshot_retention_limit above 0.',
  serves: ['AWS Foundational Security: ElastiCache.1'],
  of: resourcesOf('aws_elasticache_replication_group'),
  check: (on) => (Number(on.json['snapshot_retention_limit'] ?? 0) > 0 ? [] : fault(on, ['snapshot_retention_limit'], 'keeps no snapshot')),
});
