import { rule } from '../rule.ts';
import { attachedTo, fault, isTrue, resourcesOf } from './resources.ts';

const four = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

export const bucketPrivate = rule({
  id: 'bucket-private',
  why: 'One object ACL or policy is enough to publish a bucket; only all four switches together make that impossible.',
  fix: `Add an aws_s3_bucket_public_access_block with ${four.join(', ')}, all true.`,
  serves: ['CIS AWS Foundations 2.1.4'],
  of: resourcesOf('aws_s3_bucket'),
  check: (on, rendered) => {
    const blocks = attachedTo(rendered, on, 'aws_s3_bucket_public_access_block');
    const acl = on.json['acl'] === undefined || on.json['acl'] === 'private' ? [] : fault(on, ['acl'], `has the ACL ${String(on.json['acl'])}`);
    return [...acl, ...four.filter((key) => !blocks.some((b) => isTrue(b.json[key]))).flatMap((key) => fault(on, [], `does not ${key.replaceAll('_', ' ')}`))];
  },
});
