import { get, listOf, type Path } from '../json.ts';
import type { Manifest, Rendered } from '../rendered.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { ofKind, podsOf, type Pod } from './pods.ts';

export const tokenAutomount = rule({
  id: 'token-automount',
  why: 'A token that no program needs is a key to the API server for whoever gets into the pod.',
  fix: 'Set automountServiceAccountToken to false on the ServiceAccount and in the pod, unless the model declares `kubernetes` rights.',
  serves: ['CIS Kubernetes 5.1.6', 'NSA/CISA: Protecting Pod service account tokens'],
  of: (rendered) => [
    ...ofKind('ServiceAccount')(rendered).map((on) => ({ on, account: on.name, value: on.json['automountServiceAccountToken'], at: ['automountServiceAccountToken'] as const })),
    ...podsOf(rendered).map((pod) => ({ on: pod.on, account: pod.spec['serviceAccountName'], value: pod.spec['automountServiceAccountToken'], at: [...pod.at, 'automountServiceAccountToken'] })),
    ...podsOf(rendered).flatMap((pod) => projected(pod).map((at) => ({ on: pod.on, account: pod.spec['serviceAccountName'], value: true, at }))),
  ],
  check: ({ on, account, value, at }, rendered) => (value === false || isBound(rendered, on, account) ? [] : [breach(on, at, 'mounts a token that no Role gives a use')]),
});

/** Volumes that bring a token in although none is mounted by itself. */
const projected = (pod: Pod): readonly Path[] => listOf(pod.spec['volumes']).flatMap((volume, i) => listOf(get(volume, 'projected', 'sources')).flatMap((source, j): Path[] =>
  (get(source, 'serviceAccountToken') === undefined ? [] : [[...pod.at, 'volumes', i, 'projected', 'sources', j]])));

/** Does a RoleBinding of the same namespace give the ServiceAccount rights? */
function isBound(rendered: Rendered, { namespace }: Manifest, account: unknown): boolean {
  return ofKind('RoleBinding', 'ClusterRoleBinding')(rendered).some((binding) => listOf(binding.json['subjects']).some((subject) =>
    get(subject, 'kind') === 'ServiceAccount' && get(subject, 'name') === account && (get(subject, 'namespace') ?? binding.namespace) === namespace));
}
