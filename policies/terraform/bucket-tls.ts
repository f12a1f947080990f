import { get, textsOf } from '../json.ts';
import type { Resource } from '../rendered.ts';
import { rule } from '../rule.ts';
import { attachedTo, fault, resourcesOf } from './resources.ts';
import { statementsIn } from './statements.ts';

export const bucketTls = rule({
  id: 'bucket-tls',
  why: 'S3 answers over plain HTTP too, until the bucket refuses it.',
  fix: 'Add an aws_s3_bucket_policy that denies s3:* to everybody where aws:SecureTransport is false, for the bucket and its objects.',
  serves: ['CIS AWS Foundations 2.1.1', 'AWS Foundational Security: S3.5'],
  of: resourcesOf('aws_s3_bucket'),
  check: (on, rendered) => (attachedTo(rendered, on, 'aws_s3_bucket_policy').flatMap(statementsIn).some(({ json }) => refusesPlain(json, on)) ? [] : fault(on, [], 'answers over plain HTTP')),
});

/** The refusal must hold for everybody, every action, the bucket itself and all objects in it; one that leaves a part out refuses nothing. */
function refusesPlain(statement: unknown, { type, name, json }: Resource): boolean {
  const principal = get(statement, 'Principal');
  const everybody = principal === '*' || textsOf(get(principal, 'AWS')).includes('*');
  const every = textsOf(get(statement, 'Action')).some((a) => a === '*' || a === 's3:*');
  const arns = [`\${${type}.${name}.arn}`, `arn:aws:s3:::${String(json['bucket'])}`];
  const resources = textsOf(get(statement, 'Resource'));
  const whole = resources.includes('*') || ['', '/*'].every((part) => arns.some((arn) => resources.includes(`${arn}${part}`)));
  const conditions = get(statement, 'Condition');
  const only = Object.keys(Object(conditions)).join() === 'Bool' && Object.keys(Object(get(conditions, 'Bool'))).join() === 'aws:SecureTransport';
  return get(statement, 'Effect') === 'Deny' && everybody && every && whole && only && String(get(conditions, 'Bool', 'aws:SecureTransport')) === 'false';
}
