import { KmsAlias, KmsKey } from './cdktf.ts';
import { flowLogGroup } from './network.ts';
import { policyOf } from './policy.ts';
import { PROJECT, type Scope } from './scope.ts';

/** What the account's own administrators may do with the key; `kms:*` would allow what is invented next year, too. */
const ADMINISTRATION = [
  'CancelKeyDeletion', 'CreateAlias', 'CreateGrant', 'Decrypt', 'DeleteAlias', 'DescribeKey', 'DisableKey', 'EnableKey', 'EnableKeyRotation',
  'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'GetKeyPolicy', 'GetKeyRotationStatus', 'ListAliases', 'ListGrants',
  'ListKeyPolicies', 'ListResourceTags', 'PutKeyPolicy', 'ReEncryptFrom', 'ReEncryptTo', 'RevokeGrant', 'ScheduleKeyDeletion',
  'TagResource', 'UntagResource', 'UpdateAlias', 'UpdateKeyDescription',
].map((action) => `kms:${action}`);

/** The key that everything at rest in an environment is encrypted with; returns its ARN. */
export function addKey({ stack, environment, account }: Scope): string {
  const { region } = environment.cloud;
  const key = stack.add(KmsKey, 'environment', {
    description: `Everything at rest in ${environment.name}`, enableKeyRotation: true, deletionWindowInDays: 30,
    policy: policyOf(
      {
        Sid: 'AccountDecidesByItsOwnPolicies', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: ADMINISTRATION, Resource: ['*'],
      },
      {
        Sid: 'FlowLog', Effect: 'Allow', Principal: { Service: `logs.${region}.amazonaws.com` }, Resource: ['*'],
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:DescribeKey'],
        Condition: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${account}:log-group:${flowLogGroup(environment.name)}` } },
      },
    ),
    lifecycle: { preventDestroy: true },
  });
  stack.add(KmsAlias, 'environment', { name: `alias/${PROJECT}-${environment.name}`, targetKeyId: key.at('keyId') });
  return key.at('arn');
}
