import { rule } from '../rule.ts';
import { isTrue, fault, resourcesOf } from './resources.ts';

export const cacheEncrypted = rule({
  id: 'cache-encrypted',
  why: 'Sessions on a disk or in a snapshot are logins.',
  fix: 'Set at_rest_encryption_enabled to true; it cannot be changed later.',
  serves: ['AWS Foundational Security: ElastiCache.4'],
  of: resourcesOf('aws_elasticache_replication_group'),
  check: (on) => (isTrue(on.json['at_rest_encryption_enabled']) ? [] : fault(on, ['at_rest_encryption_enabled'], 'is not encrypted at rest')),
});
