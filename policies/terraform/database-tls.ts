import { get } from '../json.ts';
import { rule } from '../rule.ts';
import { blocksOf, fault, names, resourcesOf } from './resources.ts';

export const databaseTls = rule({
  id: 'database-tls',
  why: 'Without rds.force_ssl a client that forgot TLS connects all the same, with the password in clear.',
  fix: 'Give it a parameter group of its own with rds.force_ssl = 1.',
  serves: ['AWS Foundational Security: RDS (encryption in transit)', 'NSA/CISA: Network separation and hardening (TLS)'],
  of: resourcesOf('aws_db_instance'),
  check: (on, rendered) => {
    const group = resourcesOf('aws_db_parameter_group')(rendered).find((g) => g.stack === on.stack && names(on.json['parameter_group_name'], g));
    const forced = blocksOf(group?.json, 'parameter').some((p) => get(p, 'name') === 'rds.force_ssl' && String(get(p, 'value')) === '1');
    return forced ? [] : fault(on, ['parameter_group_name'], 'accepts connections without TLS');
  },
});
