import { rule } from '../rule.ts';
import { isTrue, fault, resourcesOf } from './resources.ts';

export const databaseEncrypted = rule({
  id: 'database-encrypted',
  why: 'A disk or a snapshot that leaves the account is readable.',
  fix: 'Set storage_encrypted to true, with a kms_key_id.',
  serves: ['CIS AWS Foundations 2.3.1'],
  of: resourcesOf('aws_db_instance'),
  check: (on) => (isTrue(on.json['storage_encrypted']) ? [] : fault(on, ['storage_encrypted'], 'is not encrypted at rest')),
});
