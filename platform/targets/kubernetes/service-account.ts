import { role, roleBinding, serviceAccount } from './cdk8s.ts';
import { metadataOf } from './metadata.ts';
import type { Described } from './object.ts';
import type { Deployed, Owner, Scope } from './scope.ts';
import { wave } from './wave.ts';

/** An identity of its own; its token is mounted only by a pod that has rights to use it with. */
export const serviceAccountOf = (scope: Scope, owner: Owner, name: string): Described =>
  serviceAccount({ metadata: metadataOf(scope, owner, name, wave.access), automountServiceAccountToken: false });

/** The rights that the workload declares in this namespace. Absent when it declares none. */
export function roleOf({ scope, owner, name, workload }: Deployed): Described[] {
  const grants = workload.options.kubernetes ?? [];
  if (grants.length === 0) return [];
  const metadata = metadataOf(scope, owner, name, wave.access);
  return [
    role({ metadata, rules: grants.map(({ on, verbs }) => ({ ...resourceOf(on), verbs: [...verbs] })) }),
    roleBinding({
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: scope.namespace }],
    }),
  ];
}

/** `deployments.apps` → `deployments` of the group `apps`; the core group has no name. */
function resourceOf(on: string) {
  const [resource = on, group = ''] = on.split('.');
  return { apiGroups: [group], resources: [resource] };
}
