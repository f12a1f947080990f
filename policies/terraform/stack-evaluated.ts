import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { stacksOf } from './resources.ts';

export const stackEvaluated = rule({
  id: 'stack-evaluated',
  why: 'A scan that read no resource is green and has proved nothing.',
  fix: 'Run ./journey synth; a stack is Terraform JSON with a `resource` object.',
  serves: ['CIS AWS Foundations: all'],
  of: stacksOf,
  check: (stack) => (stack.resources.length > 0 ? [] : [breach(stack, ['resource'], 'holds no resource')]),
});
