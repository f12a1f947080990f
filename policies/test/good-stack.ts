import type { Plain } from './good.ts';

const policy = (...Statement: Plain[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const key = '${aws_kms_key.environment.arn}';
const bucket = '${aws_s3_bucket.archive.id}';
const arn = '${aws_s3_bucket.archive.arn}';

export const tlsOnly = { Sid: 'OnlyOverTls', Effect: 'Deny', Principal: { AWS: '*' }, Action: ['s3:*'], Resource: [arn, `${arn}/*`], Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
export { policy };

/** A stack with one of each resource that a rule judges. */
export const stack = {
  terraform: { backend: { s3: { bucket: 'request-journey-production-state', key: 'production.tfstate', region: 'eu-west-1', encrypt: true } } },
  provider: { aws: [{ region: 'eu-west-1' }] },
  resource: {
    aws_kms_key: { environment: { description: 'Everything at rest', enable_key_rotation: true } },
    aws_subnet: { 'data-a': { cidr_block: '10.30.64.0/20', map_public_ip_on_launch: false, vpc_id: '${aws_vpc.network.id}' } },
    aws_security_group: { 'backing-identity': { name: 'backing-identity', ingress: [{ cidr_blocks: ['10.30.0.0/20'], from_port: 5432, to_port: 5432, protocol: 'tcp' }] } },
    aws_security_group_rule: { out: { type: 'egress', cidr_blocks: ['0.0.0.0/0'], from_port: 443, to_port: 443, protocol: 'tcp', security_group_id: '${aws_security_group.backing-identity.id}' } },
    aws_vpc_security_group_ingress_rule: { 'auth-to-identity': { ip_protocol: 'tcp', from_port: 5432, to_port: 5432, security_group_id: '${aws_security_group.backing-identity.id}', cidr_ipv4: '10.30.0.0/20' } },
    aws_db_parameter_group: { postgres15: { name: 'production-postgres15', family: 'postgres15', parameter: [{ name: 'rds.force_ssl', value: '1' }] } },
    aws_db_instance: {
      identity: {
        engine: 'postgres', engine_version: '15', username: 'journey_owner', manage_master_user_password: true, storage_encrypted: true, kms_key_id: key,
        parameter_group_name: '${aws_db_parameter_group.postgres15.name}', publicly_accessible: false, multi_az: true, backup_retention_period: 35, deletion_protection: true, skip_final_snapshot: false,
      },
    },
    aws_elasticache_replication_group: {
      sessions: {
        engine: 'redis', at_rest_encryption_enabled: 'true', transit_encryption_enabled: true, transit_encryption_mode: 'required', auth_token: '${data.aws_secretsmanager_secret_version.token.secret_string}',
        multi_az_enabled: true, automatic_failover_enabled: true, snapshot_retention_limit: 7,
      },
    },
    aws_s3_bucket: { archive: { bucket: 'request-journey-production-archive', force_destroy: false } },
    aws_s3_bucket_public_access_block: { archive: { bucket, block_public_acls: true, block_public_policy: true, ignore_public_acls: true, restrict_public_buckets: true } },
    aws_s3_bucket_server_side_encryption_configuration: { archive: { bucket, rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: key } }] } },
    aws_s3_bucket_versioning: { archive: { bucket, versioning_configuration: { status: 'Enabled' } } },
    aws_s3_bucket_policy: { archive: { bucket, policy: policy(tlsOnly) } },
    aws_secretsmanager_secret: { 'workload-key': { name: 'request-journey/production/workload-key', kms_key_id: key } },
    aws_iam_policy: { 'notification-to-archive': { name: 'notification-to-archive', policy: policy({ Sid: 'Write', Effect: 'Allow', Action: ['s3:PutObject'], Resource: [`${arn}/*`] }) } },
  },
};
