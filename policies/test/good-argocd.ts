import { labelsOf, waveOf, type Plain } from './good.ts';

/** What Argo CD is told about the good environment. */
const REPOSITORY = 'https://git.example.com/request-journey/request-journey.git';
const NAMESPACE = 'journey-production';
const labels = { ...labelsOf('argocd'), 'app.kubernetes.io/version': 'v1' };
const window = { kind: 'allow', schedule: '0 8 * * 1-4', duration: '8h', timeZone: 'Europe/Dublin', manualSync: true };
const here = { name: 'in-cluster', namespace: 'argocd' };
const there = { name: 'production', namespace: NAMESPACE };
const namespaced = (group: string, ...kinds: readonly string[]) => kinds.map((kind) => ({ group, kind }));

const object = (kind: string, name: string, wave: number, spec: Plain): Plain => ({
  apiVersion: 'argoproj.io/v1alpha1', kind, metadata: { name, namespace: 'argocd', labels, annotations: waveOf(wave) }, spec,
});

/** The files of a folder that it owns, as a glob; all of those right in it without one. */
export const application = (name: string, project: string, wave: number, path: string, include?: string): Plain => object('Application', name, wave, {
  project,
  source: { repoURL: REPOSITORY, targetRevision: 'main', path, ...(include === undefined ? {} : { directory: { recurse: true, include } }) },
  destination: project === 'journey' ? here : there,
  syncPolicy: {
    automated: { prune: true, selfHeal: true },
    retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
    syncOptions: ['ServerSideApply=true', 'FailOnSharedResource=true'],
  },
});

const project = (name: string, spec: Plain): Plain => object('AppProject', name, -10, { sourceRepos: [REPOSITORY], ...spec });
const gateway = application(`${NAMESPACE}-gateway`, NAMESPACE, 0, 'synth/production', 'kubernetes/gateway/*');

export const argo = {
  root: application('journey', 'journey', 0, 'synth/argocd', '{config.yaml,projects/*,apps/*}'),
  config: {
    apiVersion: 'v1', kind: 'ConfigMap',
    metadata: { name: 'argocd-cm', namespace: 'argocd', labels: { ...labels, 'app.kubernetes.io/part-of': 'argocd' }, annotations: waveOf(-20) },
    data: {
      'application.resourceTrackingMethod': 'annotation',
      'resource.customizations.health.argoproj.io_Application': 'return { status = obj.status.health.status }\n',
    },
  } as Plain,
  rootProject: project('journey', {
    destinations: [here], namespaceResourceWhitelist: [...namespaced('argoproj.io', 'Application', 'AppProject'), ...namespaced('', 'ConfigMap')],
    syncWindows: [{ ...window, applications: [NAMESPACE] }],
  }),
  project: project(NAMESPACE, {
    destinations: [there], clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name: NAMESPACE }],
    namespaceResourceWhitelist: [
      ...namespaced('', 'ConfigMap', 'LimitRange', 'ResourceQuota', 'Service', 'ServiceAccount'), ...namespaced('apps', 'Deployment'), ...namespaced('autoscaling', 'HorizontalPodAutoscaler'),
      ...namespaced('batch', 'Job'), ...namespaced('external-secrets.io', 'ExternalSecret'), ...namespaced('monitoring.coreos.com', 'PrometheusRule', 'ServiceMonitor'),
      ...namespaced('networking.k8s.io', 'Ingress', 'NetworkPolicy'), ...namespaced('policy', 'PodDisruptionBudget'), ...namespaced('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
    ],
    roles: [{ name: 'deployment', groups: ['deployment'], policies: [`p, proj:${NAMESPACE}:deployment, applications, sync, ${NAMESPACE}/*, allow`] }],
    orphanedResources: { warn: true, ignore: [{ kind: 'ConfigMap', name: 'kept-by-hand' }] }, syncWindows: [{ ...window, applications: ['*'] }],
  }),
  apps: application(NAMESPACE, 'journey', 0, 'synth/argocd/applications/production'),
  shared: application(`${NAMESPACE}-shared`, NAMESPACE, -10, 'synth/production', 'kubernetes/shared/*'),
  gateway: {
    ...gateway,
    spec: { ...(gateway['spec'] as Plain), ignoreDifferences: [{ group: 'apps', kind: 'Deployment', name: 'gateway', namespace: NAMESPACE, jsonPointers: ['/spec/replicas'] }] },
  } as Plain,
  auth: application(`${NAMESPACE}-auth`, NAMESPACE, 0, 'synth/production', 'kubernetes/auth/*'),
};
