import { homeOf } from '../platform/targets/kubernetes/scope.ts';
import type { ClusterEnvironment } from '../platform/model/index.ts';

/**
 * Every kind that a target can write, whether or not an environment has one today: Argo CD asks the project for a removal, too, so a kind
 * that left the list together with its last object could never be pruned. No Secret and no claim of a volume is among them: operators
 * make those, and what a project denies is not counted as orphaned.
 */
export const kinds = [
  ...['ConfigMap', 'LimitRange', 'ResourceQuota', 'Service', 'ServiceAccount'].map((kind) => ({ group: '', kind })),
  ...['Deployment', 'StatefulSet'].map((kind) => ({ group: 'apps', kind })),
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
  { group: 'batch', kind: 'Job' },
  ...['ExternalSecret', 'SecretStore'].map((kind) => ({ group: 'external-secrets.io', kind })),
  { group: 'generators.external-secrets.io', kind: 'Password' },
  ...['PrometheusRule', 'ServiceMonitor'].map((kind) => ({ group: 'monitoring.coreos.com', kind })),
  ...['Ingress', 'NetworkPolicy'].map((kind) => ({ group: 'networking.k8s.io', kind })),
  { group: 'policy', kind: 'PodDisruptionBudget' },
  ...['Role', 'RoleBinding'].map((kind) => ({ group: 'rbac.authorization.k8s.io', kind })),
];

/** Outside of namespaces: its own, and no other. */
export const clusterKinds = (environment: ClusterEnvironment) => [{ group: '', kind: 'Namespace', name: homeOf(environment).namespace }];

/** What Applications of Applications apply. */
export const argoKinds = [...['Application', 'AppProject'].map((kind) => ({ group: 'argoproj.io', kind })), { group: '', kind: 'ConfigMap' }];
