import {
  IamPolicy, S3Bucket, S3BucketLifecycleConfiguration, S3BucketOwnershipControls, S3BucketPolicy, S3BucketPublicAccessBlock,
  S3BucketServerSideEncryptionConfigurationA, S3BucketVersioningA, VpcEndpoint,
} from './cdktf.ts';
import type { Network } from './network.ts';
import { policyOf } from './policy.ts';
import { PROJECT, type Made, type Scope } from './scope.ts';
import { addGroup, byTarget } from './security-group.ts';

const IN_BUCKET = ['s3:ListBucket', 's3:GetBucketLocation'];
const ON_OBJECT = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
const WITH_KEY = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** S3: one bucket per objects backing, reached through an endpoint in the network. */
export function addObjects(scope: Scope, network: Network, kmsKeyId: string): void {
  const buckets = scope.made.objects.map((made) => addBucket(scope, made, kmsKeyId));
  if (buckets.length === 0) return;
  const { stack, environment, account } = scope;
  stack.add(VpcEndpoint, 'objects', {
    vpcId: network.vpcId, vpcEndpointType: 'Interface', serviceName: `com.amazonaws.${environment.cloud.region}.s3`,
    subnetIds: [...network.workloads], securityGroupIds: scope.made.objects.map(({ name }) => addGroup(scope, network, name, 443)),
    // Names resolve to addresses in the network for everybody in it, so that an egress rule by its range is true.
    privateDnsEnabled: true, dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false },
    policy: policyOf({
      Sid: 'OnlyOurBuckets', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: [...IN_BUCKET, ...ON_OBJECT], Resource: buckets.flatMap((arn) => [arn, `${arn}/*`]),
    }),
    tags: { Name: `${environment.name}-objects` },
  });
}

/** Returns the bucket's ARN. */
function addBucket(scope: Scope, { name, options }: Made<'objects'>, kmsKeyId: string): string {
  const { stack, environment, production } = scope;
  const bucket = stack.add(S3Bucket, name, {
    bucket: `${PROJECT}-${environment.name}-${name}`, forceDestroy: false, lifecycle: { preventDestroy: production },
  });
  stack.add(S3BucketOwnershipControls, name, { bucket: bucket.at('id'), rule: { objectOwnership: 'BucketOwnerEnforced' } });
  stack.add(S3BucketPublicAccessBlock, name, {
    bucket: bucket.at('id'), blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true,
  });
  stack.add(S3BucketServerSideEncryptionConfigurationA, name, {
    bucket: bucket.at('id'), rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: kmsKeyId }, bucketKeyEnabled: true }],
  });
  stack.add(S3BucketVersioningA, name, { bucket: bucket.at('id'), versioningConfiguration: { status: options.versions ? 'Enabled' : 'Suspended' } });
  stack.add(S3BucketLifecycleConfiguration, name, {
    bucket: bucket.at('id'),
    rule: [{
      id: 'forget', status: 'Enabled', filter: [{ prefix: '' }],
      noncurrentVersionExpiration: [{ noncurrentDays: 90 }], abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
    }],
  });
  stack.add(S3BucketPolicy, name, { bucket: bucket.at('id'), policy: tlsOnly(bucket.at('arn')) });
  addRights(scope, name, bucket.at('arn'), kmsKeyId);
  return bucket.at('arn');
}

/** A refusal has to name everybody and every action, or it would leave somebody out. */
function tlsOnly(arn: string): string {
  return policyOf({
    Sid: 'OnlyOverTls', Effect: 'Deny', Principal: { AWS: '*' }, Action: ['s3:*'], Resource: [arn, `${arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}

/** What each workload that holds a reference may do: a policy to attach to its role. */
function addRights(scope: Scope, name: string, arn: string, keyArn: string): void {
  for (const { id, from, references } of byTarget(scope, name)) {
    scope.stack.add(IamPolicy, id, {
      name: `${scope.environment.name}-${id}`, description: references.join(', '),
      policy: policyOf(
        { Sid: 'List', Effect: 'Allow', Action: IN_BUCKET, Resource: [arn] },
        { Sid: 'ReadAndWrite', Effect: 'Allow', Action: ON_OBJECT, Resource: [`${arn}/*`] },
        { Sid: 'Encrypt', Effect: 'Allow', Action: WITH_KEY, Resource: [keyArn] },
      ),
    }, { workload: from, declaredBy: references[0] ?? id });
  }
}
