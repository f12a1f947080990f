import { get } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { ofKind } from './pods.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

export const namespaceRestricted = rule({
  id: 'namespace-restricted',
  why: 'What is checked here holds in the cluster only if its admission refuses every other pod too.',
  fix: `Label the namespace ${ENFORCE}: restricted.`,
  serves: ['Pod Security Standards, Restricted', 'CIS Kubernetes 5.2.1', 'NSA/CISA: Pod security enforcement'],
  of: ofKind('Namespace'),
  check: (on) => (get(on.json, 'metadata', 'labels', ENFORCE) === 'restricted' ? [] : [breach(on, ['metadata', 'labels', ENFORCE], 'does not enforce the restricted Pod Security Standard')]),
});
