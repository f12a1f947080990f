import { rule } from '../rule.ts';
import { fault, resourcesOf } from './resources.ts';

export const databasePrivate = rule({
  id: 'database-private',
  why: 'An address on the internet is one leaked password away from the data; the default depends on the subnet.',
  fix: 'Set publicly_accessible to false.',
  serves: ['CIS AWS Foundations 2.3.3'],
  of: resourcesOf('aws_db_instance'),
  check: (on) => (String(on.json['publicly_accessible']) === 'false' ? [] : fault(on, ['publicly_accessible'], 'may get a public address')),
});
