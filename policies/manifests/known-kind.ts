import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { knowsCustom } from '../schemas/custom.ts';
import { apis } from '../schemas/kubernetes.ts';

export const knownKind = rule({
  id: 'known-kind',
  why: 'What no schema describes would pass every rule unread. A list would hide the objects in it.',
  fix: 'Use an API version that Kubernetes 1.28 and 1.34 both have; for a custom resource install its @kubernetes-models package and name the kind in policies/schemas/custom.ts.',
  serves: ['CIS Kubernetes 5.2.1'],
  of: ({ manifests }) => manifests,
  check: (on) => {
    if (on.kind === '' || on.apiVersion === '') return [breach(on, [], 'is no Kubernetes object: it lacks apiVersion or kind')];
    if (knowsCustom(on.apiVersion, on.kind)) return [];
    const missing = apis.filter((api) => !api.knows(on.apiVersion, on.kind)).map((api) => api.version);
    return missing.length === 0 ? [] : [breach(on, ['kind'], `${on.apiVersion} ${on.kind} is unknown (Kubernetes ${missing.join(' and ')})`)];
  },
});
