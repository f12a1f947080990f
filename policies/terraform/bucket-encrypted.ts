import { get } from '../json.ts';
import { rule } from '../rule.ts';
import { attachedTo, blocksOf, fault, resourcesOf } from './resources.ts';

export const bucketEncrypted = rule({
  id: 'bucket-encrypted',
  why: 'Objects under our own key are unreadable for whoever gets the bucket but not the key.',
  fix: 'Add an aws_s3_bucket_server_side_encryption_configuration with aws:kms and the key of the environment.',
  serves: ['CIS AWS Foundations 2.1', 'AWS Foundational Security: S3.17'],
  of: resourcesOf('aws_s3_bucket'),
  check: (on, rendered) => {
    const defaults = attachedTo(rendered, on, 'aws_s3_bucket_server_side_encryption_configuration').flatMap((c) => blocksOf(c.json, 'rule')).flatMap((r) => blocksOf(r, 'apply_server_side_encryption_by_default'));
    const encrypted = defaults.some((d) => get(d, 'sse_algorithm') === 'aws:kms' && get(d, 'kms_master_key_id') !== undefined);
    return encrypted ? [] : fault(on, [], 'is not encrypted with our own key');
  },
});
