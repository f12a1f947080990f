import { get } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { isTrue, stacksOf } from './resources.ts';

export const backendEncrypted = rule({
  id: 'backend-encrypted',
  why: 'The state holds every value in clear; without a backend it lies on the disk of whoever ran Terraform last.',
  fix: 'Use the s3 backend with encrypt: true and a bucket.',
  serves: ['CIS AWS Foundations 2.1'],
  of: stacksOf,
  check: (stack) => {
    const backend = get(stack.json, 'terraform', 'backend', 's3');
    if (backend === undefined) return [breach(stack, ['terraform', 'backend'], 'keeps its state in no S3 bucket')];
    return isTrue(get(backend, 'encrypt')) ? [] : [breach(stack, ['terraform', 'backend', 's3', 'encrypt'], 'keeps its state unencrypted')];
  },
});
