import { entriesOf } from '../json.ts';
import { breach } from '../breach.ts';
import type { Resource, Stack } from '../rendered.ts';
import { rule } from '../rule.ts';
import { fault } from './resources.ts';

/** Types that the rules of this folder judge, and types that can neither hold data nor let anybody in. */
const known = [
  'aws_db_instance', 'aws_db_parameter_group', 'aws_db_subnet_group', 'aws_elasticache_replication_group', 'aws_elasticache_subnet_group', 'aws_elasticache_parameter_group',
  'aws_s3_bucket', 'aws_s3_bucket_policy', 'aws_s3_bucket_public_access_block', 'aws_s3_bucket_server_side_encryption_configuration', 'aws_s3_bucket_versioning',
  'aws_s3_bucket_ownership_controls', 'aws_s3_bucket_lifecycle_configuration', 'aws_secretsmanager_secret', 'aws_kms_key', 'aws_kms_alias',
  'aws_iam_policy', 'aws_iam_role', 'aws_iam_role_policy', 'aws_iam_role_policy_attachment', 'aws_security_group', 'aws_default_security_group',
  'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule', 'aws_security_group_rule', 'aws_vpc', 'aws_vpc_endpoint', 'aws_subnet', 'aws_route_table',
  'aws_route_table_association', 'aws_flow_log', 'aws_cloudwatch_log_group',
];

/** What makes none or many of a resource: a protection that is counted to zero protects nothing. */
const VARYING = ['count', 'for_each', 'dynamic'];

export const knownResource = rule({
  id: 'known-resource',
  why: 'A type that no rule is about passes every rule: an Aurora cluster is not judged as a database instance.',
  fix: 'Write the rules for the type in policies/terraform/, then name it in known-resource.ts. Write each resource out, once, in the stack itself.',
  serves: ['CIS AWS Foundations: all'],
  of: ({ stacks }): readonly (Stack | Resource)[] => stacks.flatMap((stack) => [stack, ...stack.resources]),
  check: (on) => ('resources' in on
    ? entriesOf(on.json['module']).map(([name]) => breach(on, ['module', name], 'is a module, whose resources are not here'))
    : [
      ...(known.includes(on.type) ? [] : fault(on, [], `no rule judges the type ${on.type}`)),
      ...VARYING.filter((key) => on.json[key] !== undefined).flatMap((key) => fault(on, [key], `may exist or not (${key})`)),
    ]),
});
