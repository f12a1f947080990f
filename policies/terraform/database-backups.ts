import { rule } from '../rule.ts';
import { fault, resourcesOf } from './resources.ts';

export const databaseBackups = rule({
  id: 'database-backups',
  why: 'With a retention of 0 there are no automated backups and no point in time to go back to.',
  fix: 'Set backup_retention_period above 0.',
  serves: ['AWS Foundational Security: RDS.11'],
  of: resourcesOf('aws_db_instance'),
  check: (on) => (Number(on.json['backup_retention_period'] ?? 0) > 0 ? [] : fault(on, ['backup_retention_period'], 'has no automated backups')),
});
