import { rule } from '../rule.ts';
import { isTrue, fault, resourcesOf } from './resources.ts';

export const keyRotation = rule({
  id: 'key-rotation',
  why: 'A key that never changes opens, when it leaks, everything that was ever written.',
  fix: 'Set enable_key_rotation to true.',
  serves: ['CIS AWS Foundations 3.6'],
  of: resourcesOf('aws_kms_key'),
  check: (on) => (isTrue(on.json['enable_key_rotation']) ? [] : fault(on, ['enable_key_rotation'], 'is never rotated')),
});
