import { rule } from '../rule.ts';
import { isTrue, fault, inProduction } from './resources.ts';

export const databaseZones = rule({
  id: 'database-zones',
  why: 'In one zone, its failure is ours, and a restore takes hours.',
  fix: 'Set multi_az to true.',
  serves: ['AWS Foundational Security: RDS.5'],
  of: inProduction('aws_db_instance'),
  check: (on) => (isTrue(on.json['multi_az']) ? [] : fault(on, ['multi_az'], 'stands in one zone')),
});
