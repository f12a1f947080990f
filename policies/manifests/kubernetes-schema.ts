import { show } from '../json.ts';
import { breach, type Breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { apis } from '../schemas/kubernetes.ts';

export const kubernetesSchema = rule({
  id: 'kubernetes-schema',
  why: 'The API server drops a field that it does not know and says nothing: a misspelt securityContext is none.',
  fix: 'Write the field as both API versions know it.',
  serves: ['CIS Kubernetes 5.2.1', 'CIS Kubernetes 5.7.3'],
  of: ({ manifests }) => manifests.filter((m) => apis.some((api) => api.knows(m.apiVersion, m.kind))),
  check: (on) => {
    const said = apis.flatMap((api) => api.mistakes(on.apiVersion, on.kind, on.json).map((m) => ({ ...m, version: api.version })));
    return [...Map.groupBy(said, (m) => `${show(m.path)} ${m.what}`).values()].flatMap((same): Breach[] => {
      const [first] = same;
      return first ? [breach(on, first.path, `${first.what} (Kubernetes ${[...new Set(same.map((m) => m.version))].join(', ')})`)] : [];
    });
  },
});
