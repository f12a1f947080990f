import { rule } from '../rule.ts';
import { isTrue, fault, resourcesOf } from './resources.ts';

export const cacheTls = rule({
  id: 'cache-tls',
  why: 'Sessions and the password cross the network in clear, for everybody who listens there.',
  fix: 'Set transit_encryption_enabled to true and leave transit_encryption_mode at required.',
  serves: ['AWS Foundational Security: ElastiCache.5'],
  of: resourcesOf('aws_elasticache_replication_group'),
  check: (on) => (isTrue(on.json['transit_encryption_enabled']) && on.json['transit_encryption_mode'] !== 'preferred' ? [] : fault(on, ['transit_encryption_enabled'], 'accepts connections without TLS')),
});
