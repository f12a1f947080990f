import { changed, type Broken } from './change.ts';
import { gateway, journey, space, type Plain } from './good.ts';
import { application, argo } from './good-argocd.ts';

type Files = Broken['files'];
type Changes = Readonly<Record<string, unknown>>;
const one = (rule: string, name: string, object: Plain, changes: Changes): Broken => ({ rule, name, files: { 'object.yaml': [changed(object, changes)] } });

/** The smallest environment with everything that Argo CD is told about it. */
const SHARED = 'production/kubernetes/shared/objects.yaml';
const APPLICATION = 'argocd/applications/production/shared.yaml';
const tree: Files = {
  'argocd/root.yaml': [argo.root], 'argocd/config.yaml': [argo.config], 'argocd/projects/root.yaml': [argo.rootProject], 'argocd/projects/production.yaml': [argo.project],
  'argocd/apps/production.yaml': [argo.apps], [APPLICATION]: [argo.shared],
  [SHARED]: [space.namespace, space.quota, space.limitRange, space.defaultDeny],
  'production/journey.json': { ...journey, nodes: [], edges: [], secrets: [] },
};
const beside = (rule: string, name: string, more: Files): Broken => ({ rule, name, files: { ...tree, ...more } });
/** With files taken away. */
const without = (rule: string, name: string, gone: readonly string[], more: Files = {}): Broken =>
  ({ rule, name, files: { ...Object.fromEntries(Object.entries(tree).filter(([path]) => !gone.includes(path))), ...more } });
const shared = (rule: string, name: string, changes: Changes) => beside(rule, name, { [APPLICATION]: [changed(argo.shared, changes)] });
const project = (rule: string, name: string, changes: Changes) => beside(rule, name, { 'argocd/projects/production.yaml': [changed(argo.project, changes)] });
const settings = (name: string, changes: Changes) => beside('sync-settings', name, { 'argocd/config.yaml': [changed(argo.config, changes)] });
const extra = (name: string, wave: number, include: string): Files => ({ [`argocd/applications/production/${name}.yaml`]: [application(`journey-production-${name}`, 'journey-production', wave, 'synth/production', include)] });
const WAVE = '/metadata/annotations/argocd.argoproj.io~1sync-wave';
const moved = (name: string, key: keyof typeof space, wave: string) =>
  beside('waves', name, { [SHARED]: Object.entries(space).map(([k, object]) => (k === key ? changed(object, { [WAVE]: wave }) : object)) });
const ofGateway = { ...journey, nodes: [{ name: 'gateway', kind: 'workload', declaredAt: 'platform/workloads/gateway.ts:7', files: ['kubernetes/gateway/objects.yaml'] }], edges: [], secrets: [] };

/** What Argo CD is told, with one thing wrong. */
export const brokenArgocd: readonly Broken[] = [
  one('custom-schema', 'application-misspelt', argo.shared, { '/spec/syncPolicy/automated/selfheal': true }),
  one('custom-schema', 'application-factor', argo.shared, { '/spec/syncPolicy/retry/backoff/factor': '2' }),
  one('custom-schema', 'project-misspelt', argo.project, { '/spec/destinations/0/namspace': 'journey-dev' }),

  beside('application-tree', 'second-root', { 'argocd/second.yaml': [application('journey-second', 'journey', 0, 'synth/argocd/more')], 'argocd/more/production.yaml': [changed(argo.project, { '/metadata/name': 'journey-more', '/spec/roles': undefined })] }),
  beside('application-tree', 'owns-itself', { 'argocd/root.yaml': [changed(argo.root, { '/spec/source/directory/include': '{root.yaml,config.yaml,projects/*,apps/*}' })] }),
  beside('application-tree', 'owns-nothing', extra('ghost', 0, 'kubernetes/ghost/*')),
  without('application-tree', 'no-application', ['argocd/root.yaml', 'argocd/apps/production.yaml', APPLICATION]),

  beside('owned-once', 'by-nobody', { [APPLICATION]: [changed(argo.shared, { '/spec/source/directory/include': 'kubernetes/shared/objects.yaml' })], 'production/kubernetes/shared/more.yaml': [gateway.account] }),
  beside('owned-once', 'by-two', { ...extra('second', 0, 'kubernetes/*/more.yaml'), 'production/kubernetes/shared/more.yaml': [gateway.account] }),
  beside('owned-once', 'excluded', { [APPLICATION]: [changed(argo.shared, { '/spec/source/directory/exclude': '*/more.yaml' })], 'production/kubernetes/shared/more.yaml': [gateway.account] }),
  beside('owned-once', 'project-by-nobody', { 'argocd/more/production.yaml': [changed(argo.project, { '/metadata/name': 'journey-more', '/spec/roles': undefined })] }),

  one('application-source', 'helm', argo.shared, { '/spec/source/helm': { releaseName: 'journey' } }),
  one('application-source', 'plugin', argo.shared, { '/spec/source/plugin': { name: 'anything' } }),
  one('application-source', 'jsonnet', argo.shared, { '/spec/source/directory/jsonnet': { libs: ['lib'] } }),
  one('target-revision', 'head', argo.shared, { '/spec/source/targetRevision': 'HEAD' }),
  one('target-revision', 'none', argo.shared, { '/spec/source/targetRevision': undefined }),
  one('target-revision', 'range', argo.shared, { '/spec/source/targetRevision': '1.*' }),
  one('target-revision', 'another-branch', argo.shared, { '/spec/source/targetRevision': 'feature' }),
  one('target-revision', 'second-source', argo.shared, { '/spec/source': undefined, '/spec/sources': [{ repoURL: 'https://git.example.com/a.git', path: 'a', targetRevision: 'main' }, { repoURL: 'https://git.example.com/b.git', path: 'b' }] }),

  one('project-limits', 'any-repository', argo.project, { '/spec/sourceRepos': ['*'] }),
  one('project-limits', 'no-repository', argo.project, { '/spec/sourceRepos': undefined }),
  one('project-limits', 'any-cluster', argo.project, { '/spec/destinations/0/name': '*' }),
  one('project-limits', 'any-server', argo.project, { '/spec/destinations/0/server': 'https://*' }),
  one('project-limits', 'any-namespace', argo.project, { '/spec/destinations/0/namespace': 'journey-*' }),
  one('project-limits', 'no-namespace', argo.project, { '/spec/destinations/0/namespace': undefined }),
  one('project-limits', 'namespace-of-the-cluster', argo.project, { '/spec/destinations/0/namespace': 'kube-system' }),
  one('project-limits', 'no-destination', argo.project, { '/spec/destinations': [] }),
  one('project-limits', 'any-kind', argo.project, { '/spec/namespaceResourceWhitelist/0/kind': '*' }),
  one('project-limits', 'all-kinds-for-lack-of-a-list', argo.project, { '/spec/namespaceResourceWhitelist': undefined }),
  one('project-limits', 'every-namespace-object', argo.project, { '/spec/clusterResourceWhitelist/0/name': undefined }),
  one('project-limits', 'role-may-all', argo.project, { '/spec/roles/0/policies/0': 'p, proj:journey-production:deployment, applications, *, journey-production/*, allow' }),
  one('project-limits', 'role-overrides', argo.project, { '/spec/roles/0/policies/0': 'p, proj:journey-production:deployment, applications, override, journey-production/*, allow' }),
  one('project-limits', 'role-elsewhere', argo.project, { '/spec/roles/0/policies/0': 'p, proj:journey-production:deployment, applications, sync, */*, allow' }),
  one('project-limits', 'applications-from-elsewhere', argo.project, { '/spec/sourceNamespaces': ['team-*'] }),
  one('project-orphans', 'silent', argo.project, { '/spec/orphanedResources/warn': false }),
  one('project-orphans', 'none', argo.project, { '/spec/orphanedResources': undefined }),
  one('project-orphans', 'ignores-all', argo.project, { '/spec/orphanedResources/ignore/0/name': '*' }),

  project('project-window', 'none', { '/spec/syncWindows': undefined }),
  project('project-window', 'denied-only', { '/spec/syncWindows/0/kind': 'deny' }),
  project('project-window', 'of-another', { '/spec/syncWindows/0/applications': ['journey-staging-*'] }),
  project('project-window', 'longer', { '/spec/syncWindows/0/duration': '24h' }),
  project('project-window', 'elsewhere', { '/spec/syncWindows/0/timeZone': 'UTC' }),
  beside('project-window', 'not-for-the-app-of-apps', { 'argocd/projects/root.yaml': [changed(argo.rootProject, { '/spec/syncWindows': undefined })] }),

  shared('application-project', 'default', { '/spec/project': 'default' }),
  shared('application-project', 'absent', { '/spec/project': 'journey-prodction' }),
  shared('application-project', 'other-repository', { '/spec/source/repoURL': 'https://git.example.com/somebody/else.git' }),
  shared('application-project', 'other-destination', { '/spec/destination': { name: 'staging', namespace: 'journey-production' } }),
  project('application-project', 'kind-not-allowed', { '/spec/namespaceResourceWhitelist': [{ group: '', kind: 'ResourceQuota' }, { group: '', kind: 'LimitRange' }] }),
  project('application-project', 'other-namespace-object', { '/spec/clusterResourceWhitelist/0/name': 'journey-staging' }),
  beside('application-project', 'object-in-another-namespace', {
    'argocd/projects/production.yaml': [changed(argo.project, { '/spec/destinations/0/namespace': 'journey-staging' })],
    [APPLICATION]: [changed(argo.shared, { '/spec/destination/namespace': 'journey-staging' })],
  }),

  one('application-sync', 'no-prune', argo.shared, { '/spec/syncPolicy/automated/prune': false }),
  one('application-sync', 'no-heal', argo.shared, { '/spec/syncPolicy/automated/selfHeal': undefined }),
  one('application-sync', 'paused', argo.shared, { '/spec/syncPolicy/automated/enabled': false }),
  one('application-sync', 'may-empty', argo.shared, { '/spec/syncPolicy/automated/allowEmpty': true }),
  one('application-sync', 'no-retry', argo.shared, { '/spec/syncPolicy/retry/limit': 0 }),
  one('application-sync', 'no-back-off', argo.shared, { '/spec/syncPolicy/retry/backoff/factor': undefined }),
  one('application-sync', 'takes-over', argo.shared, { '/spec/syncPolicy/syncOptions': ['ServerSideApply=true'] }),
  one('ignored-differences', 'image', argo.gateway, { '/spec/ignoreDifferences/0/jsonPointers': ['/spec/template/spec/containers/0/image'] }),
  one('ignored-differences', 'whole-spec', argo.gateway, { '/spec/ignoreDifferences/0/jsonPointers/1': '/spec' }),
  one('ignored-differences', 'other-kind', argo.gateway, { '/spec/ignoreDifferences/0/kind': 'StatefulSet' }),
  one('ignored-differences', 'manager', argo.gateway, { '/spec/ignoreDifferences/0/managedFieldsManagers': ['kubectl-edit'] }),
  one('ignored-differences', 'everywhere', argo.gateway, { '/spec/ignoreDifferences/0/namespace': undefined }),

  settings('no-health', { '/data/resource.customizations.health.argoproj.io_Application': undefined }),
  settings('tracked-by-label', { '/data/application.resourceTrackingMethod': 'label' }),
  settings('not-read', { '/metadata/labels/app.kubernetes.io~1part-of': 'request-journey' }),
  without('sync-settings', 'none', ['argocd/config.yaml']),

  moved('each-waits-for-the-other', 'defaultDeny', '-50'),
  moved('same-wave', 'limitRange', '-40'),
  moved('no-number', 'quota', 'first'),
  beside('waves', 'across-applications', { ...extra('gateway', -20, 'kubernetes/gateway/*'), 'production/kubernetes/gateway/objects.yaml': [gateway.account], 'production/journey.json': ofGateway }),
  beside('waves', 'project-after-application', { 'argocd/projects/production.yaml': [changed(argo.project, { [WAVE]: '10' })] }),
];
