import { rule } from '../rule.ts';
import { fault, resourcesOf } from './resources.ts';

export const secretEncrypted = rule({
  id: 'secret-encrypted',
  why: 'Under the key of AWS everybody in the account who may read secrets reads this one; under our own, its policy decides too.',
  fix: 'Set kms_key_id to the key of the environment.',
  serves: ['AWS Foundational Security: KMS, SecretsManager'],
  of: resourcesOf('aws_secretsmanager_secret'),
  check: (on) => (typeof on.json['kms_key_id'] === 'string' && on.json['kms_key_id'] !== '' ? [] : fault(on, ['kms_key_id'], 'is not encrypted with our own key')),
});
