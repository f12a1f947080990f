import { changed, type Broken } from './change.ts';
import { policy, stack, tlsOnly } from './good-stack.ts';

const one = (rule: string, name: string, changes: Readonly<Record<string, unknown>>): Broken => ({
  rule, name, files: { 'production/terraform/cdk.tf.json': changed(stack, Object.fromEntries(Object.entries(changes).map(([at, v]) => [at.startsWith('/terraform') ? at : `/resource/${at}`, v]))) },
});
const database = (rule: string, key: string, value: unknown) => one(rule, key.replaceAll('_', '-'), { [`aws_db_instance/identity/${key}`]: value });
const cache = (rule: string, key: string, value: unknown) => one(rule, key.replaceAll('_', '-'), { [`aws_elasticache_replication_group/sessions/${key}`]: value });
const rights = (name: string, statement: object) => one('wildcard-rights', name, { 'aws_iam_policy/notification-to-archive/policy': policy({ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['x'], ...statement }) });
const refusal = (name: string, more: object) => one('bucket-tls', name, { 'aws_s3_bucket_policy/archive/policy': policy({ ...tlsOnly, ...more }) });
const data = (name: string, blocks: object): Broken => ({ rule: 'runs-program', name, files: { 'production/terraform/cdk.tf.json': { ...stack, data: blocks } } });
const releases = (rule: string, name: string, file: object): Broken => ({ rule, name, files: { 'releases/dev.json': file } });
const built = { image: `sha256:${'4f53cda18c2baa0c0354bb5f9a3ecbe5'.repeat(2)}` };

/** Stacks and release files that break one rule each. */
export const brokenStacks: readonly Broken[] = [
  { rule: 'stack-evaluated', name: 'empty', files: { 'production/terraform/cdk.tf.json': { ...stack, resource: {} } } },
  one('known-resource', 'aurora', { 'aws_rds_cluster/identity': { storage_encrypted: false } }),
  { rule: 'known-resource', name: 'module', files: { 'production/terraform/cdk.tf.json': { ...stack, module: { network: { source: 'example.com/network' } } } } },
  one('known-resource', 'counted', { 'aws_s3_bucket_public_access_block/archive/count': 0 }),
  data('external', { external: { who: { program: ['sh', '-c', 'id'] } } }),
  data('http', { http: { notes: { url: 'https://example.com/' } } }),
  data('listed', [{ external: [{ who: [{ program: ['id'] }] }] }]),
  data('lambda', { aws_lambda_invocation: { run: { function_name: 'x', input: '{}' } } }),
  one('runs-program', 'local-exec', { 'aws_kms_key/environment/provisioner': [{ 'local-exec': { command: 'id' } }] }),
  one('runs-program', 'remote-exec', { 'aws_kms_key/environment/provisioner': { 'remote-exec': { inline: ['id'] } } }),
  one('backend-encrypted', 'unencrypted', { '/terraform/backend/s3/encrypt': false }),
  one('backend-encrypted', 'local', { '/terraform/backend': { local: { path: 'terraform.tfstate' } } }),
  database('database-encrypted', 'storage_encrypted', false),
  database('database-private', 'publicly_accessible', true),
  database('database-backups', 'backup_retention_period', 0),
  database('database-protected', 'deletion_protection', false),
  database('database-protected', 'skip_final_snapshot', true),
  database('database-zones', 'multi_az', false),
  database('database-tls', 'parameter_group_name', 'default.postgres15'),
  one('database-tls', 'off', { 'aws_db_parameter_group/postgres15/parameter/0/value': '0' }),
  cache('cache-encrypted', 'at_rest_encryption_enabled', undefined),
  cache('cache-tls', 'transit_encryption_enabled', false),
  cache('cache-tls', 'transit_encryption_mode', 'preferred'),
  cache('cache-backups', 'snapshot_retention_limit', 0),
  cache('cache-zones', 'multi_az_enabled', false),
  cache('cache-zones', 'automatic_failover_enabled', false),
  one('bucket-encrypted', 'none', { 'aws_s3_bucket_server_side_encryption_configuration': undefined }),
  one('bucket-encrypted', 'key-of-aws', { 'aws_s3_bucket_server_side_encryption_configuration/archive/rule/0/apply_server_side_encryption_by_default': { sse_algorithm: 'AES256' } }),
  one('bucket-private', 'one-switch', { 'aws_s3_bucket_public_access_block/archive/restrict_public_buckets': false }),
  one('bucket-private', 'acl', { 'aws_s3_bucket/archive/acl': 'public-read' }),
  one('bucket-tls', 'none', { 'aws_s3_bucket_policy': undefined }),
  refusal('only-objects', { Resource: ['${aws_s3_bucket.archive.arn}/*'] }),
  refusal('only-reading', { Action: ['s3:GetObject'] }),
  refusal('only-one-role', { Principal: { AWS: 'arn:aws:iam::1:role/x' } }),
  refusal('only-from-outside', { Condition: { ...tlsOnly.Condition, StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
  one('bucket-versions', 'suspended', { 'aws_s3_bucket_versioning/archive/versioning_configuration/status': 'Suspended' }),
  one('bucket-protected', 'force-destroy', { 'aws_s3_bucket/archive/force_destroy': true }),
  one('secret-encrypted', 'key-of-aws', { 'aws_secretsmanager_secret/workload-key/kms_key_id': undefined }),
  one('key-rotation', 'off', { 'aws_kms_key/environment/enable_key_rotation': false }),
  one('open-ingress', 'block', { 'aws_security_group/backing-identity/ingress/0/cidr_blocks': ['10.0.0.0/8', '0.0.0.0/0'] }),
  one('open-ingress', 'rule', { 'aws_vpc_security_group_ingress_rule/auth-to-identity/cidr_ipv4': '0.0.0.0/0' }),
  one('open-ingress', 'old-rule-ipv6', { 'aws_security_group_rule/out/type': 'ingress', 'aws_security_group_rule/out/cidr_blocks': undefined, 'aws_security_group_rule/out/ipv6_cidr_blocks': ['::/0'] }),
  one('open-ingress', 'public-subnet', { 'aws_subnet/data-a/map_public_ip_on_launch': true }),
  rights('every-action', { Action: '*' }),
  rights('every-action-of-a-service', { Action: ['s3:GetObject', 's3:*'] }),
  rights('everybody', { Principal: '*' }),
  rights('every-account', { Principal: { AWS: ['*'] } }),
  rights('all-but', { Action: undefined, NotAction: ['iam:PassRole'] }),
  one('wildcard-rights', 'managed-policy', { 'aws_iam_role_policy_attachment/all': { role: 'x', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' } }),
  one('wildcard-rights', 'inline', { 'aws_iam_role/x': { name: 'x', inline_policy: [{ name: 'all', policy: policy({ Effect: 'Allow', Action: ['*'], Resource: ['*'] }) }] } }),
  one('wildcard-rights', 'unreadable', { 'aws_iam_policy/notification-to-archive/policy': '${file("policy.json")}' }),
  database('literal-credential', 'password', 'hunter2'),
  cache('literal-credential', 'auth_token', 'correct-horse-battery'),
  releases('release', 'tag', { gateway: { image: 'v1.2.3' }, auth: built }),
  releases('release', 'extra-key', { gateway: { ...built, tag: 'v1' }, auth: built }),
  releases('release', 'zeros', { gateway: { image: `sha256:${'0'.repeat(64)}` }, auth: built }),
  releases('release', 'source-branch', { gateway: { ...built, source: 'main' }, auth: built }),
  releases('release', 'provenance-lines', { gateway: { ...built, provenance: 'a\nb' }, auth: built }),
  releases('release', 'missing-workload', { gateway: built }),
  releases('release', 'unknown-workload', { gateway: built, auth: built, gatewya: built }),
  { rule: 'release', name: 'local-branch', files: { 'releases/local.json': { gateway: { revision: 'main' }, auth: { revision: 'worktree' } } } },
  releases('unbuilt-release', 'one', { gateway: { image: 'unbuilt' }, auth: built }),
];
