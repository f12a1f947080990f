import { rule } from '../rule.ts';
import { fault, inProduction, isTrue } from './resources.ts';

export const cacheZones = rule({
  id: 'cache-zones',
  why: 'In one zone, or without automatic failover, one failure signs everybody out until somebody acts.',
  fix: 'Set multi_az_enabled and automatic_failover_enabled to true, with at least one replica.',
  serves: ['AWS Foundational Security: ElastiCache.3'],
  of: inProduction('aws_elasticache_replication_group'),
  check: (on) => ['multi_az_enabled', 'automatic_failover_enabled'].flatMap((key) => (isTrue(on.json[key]) ? [] : fault(on, [key], `has no ${key === 'multi_az_enabled' ? 'second zone' : 'automatic failover'}`))),
});
