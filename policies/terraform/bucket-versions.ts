import { get } from '../json.ts';
import { rule } from '../rule.ts';
import { attachedTo, blocksOf, fault, inProduction } from './resources.ts';

export const bucketVersions = rule({
  id: 'bucket-versions',
  why: 'Without versions the last write, or the last delete, is final.',
  fix: 'Declare `versions: true` on the backing in the environment; add an aws_s3_bucket_versioning with the status Enabled.',
  serves: ['AWS Foundational Security: S3.14'],
  of: inProduction('aws_s3_bucket'),
  check: (on, rendered) => (attachedTo(rendered, on, 'aws_s3_bucket_versioning').some((v) => blocksOf(v.json, 'versioning_configuration').some((c) => get(c, 'status') === 'Enabled'))
    ? [] : fault(on, [], 'keeps no earlier version')),
});
