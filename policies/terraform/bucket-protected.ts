import { rule } from '../rule.ts';
import { fault, inProduction, isTrue } from './resources.ts';

export const bucketProtected = rule({
  id: 'bucket-protected',
  why: 'With force_destroy a plan that drops the bucket drops everything in it first.',
  fix: 'Set force_destroy to false.',
  serves: ['AWS Foundational Security: S3 (data protection)'],
  of: inProduction('aws_s3_bucket'),
  check: (on) => (isTrue(on.json['force_destroy']) ? fault(on, ['force_destroy'], 'is deleted with all its objects') : []),
});
