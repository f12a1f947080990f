import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { namespacedIn } from './namespaces.ts';

const reserved = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

export const ownNamespace = rule({
  id: 'own-namespace',
  why: 'Without a namespace an object lands in whichever one its reader happens to use; `default` has no policies, and the kube- ones are the cluster\'s.',
  fix: 'Set metadata.namespace to the environment\'s.',
  serves: ['CIS Kubernetes 5.7.1', 'CIS Kubernetes 5.7.4', 'NSA/CISA: Namespaces'],
  of: namespacedIn,
  check: (on) => {
    if (on.namespace === undefined) return [breach(on, ['metadata', 'namespace'], 'has no namespace')];
    return reserved.includes(on.namespace) ? [breach(on, ['metadata', 'namespace'], `is in the namespace ${on.namespace}`)] : [];
  },
});
