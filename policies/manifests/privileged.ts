import { get } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf } from './pods.ts';

export const privileged = rule({
  id: 'privileged',
  why: 'A privileged container is root on its node: it leaves nothing between an attacker and every other pod there.',
  fix: 'Remove `privileged` from the securityContext.',
  serves: ['Pod Security Standards, Baseline: Privileged Containers', 'CIS Kubernetes 5.2.2', 'NSA/CISA: Pod security enforcement'],
  of: containersOf,
  check: ({ on, at, json }) => (get(json, 'securityContext', 'privileged') === true ? [breach(on, [...at, 'securityContext', 'privileged'], 'runs privileged')] : []),
});
