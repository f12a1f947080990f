import { rule } from '../rule.ts';
import { fault, inProduction, isTrue } from './resources.ts';

export const databaseProtected = rule({
  id: 'database-protected',
  why: 'A renamed line of the model reads as "delete": only the protection stands between a plan and the data.',
  fix: 'Set deletion_protection to true and skip_final_snapshot to false.',
  serves: ['AWS Foundational Security: RDS.8'],
  of: inProduction('aws_db_instance'),
  check: (on) => [
    ...(isTrue(on.json['deletion_protection']) ? [] : fault(on, ['deletion_protection'], 'can be deleted by a plan')),
    ...(isTrue(on.json['skip_final_snapshot']) ? fault(on, ['skip_final_snapshot'], 'leaves no snapshot when it is deleted') : []),
  ],
});
