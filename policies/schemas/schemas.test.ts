import { expect, test } from '@jest/globals';
import { gateway } from '../test/good.ts';
import { argo } from '../test/good-argocd.ts';
import { changed } from '../test/change.ts';
import { show } from '../json.ts';
import { customMistakes, knowsCustom } from './custom.ts';
import { apis } from './kubernetes.ts';
import { isNamespaced } from './scope.ts';

const wrong = (changes: Record<string, unknown>) => apis.map((api) => api.mistakes('apps/v1', 'Deployment', changed(gateway.deployment, changes)).map((m) => `${api.version} ${show(m.path)} ${m.what}`));
const POD = '/spec/template/spec';

test('both versions are there', () => {
  expect(apis.map((api) => api.version)).toEqual(['1.28', '1.34']);
});

test('every level is closed: a misspelt field is found wherever it stands', () => {
  for (const at of ['', '/metadata', '/spec', `${POD}`, `${POD}/containers/0/securityContext/capabilities`, `${POD}/volumes/0/emptyDir`]) {
    expect(wrong({ [`${at}/typo`]: 1 })).toEqual(apis.map((api) => [`${api.version} ${show([...at.split('/').slice(1).map((p) => (/^\d+$/.test(p) ? Number(p) : p)), 'typo'])} unknown field`]));
  }
});

test('maps stay open: labels, annotations, node selectors', () => {
  expect(wrong({ '/metadata/labels/x': 'y', '/metadata/annotations': { a: 'b' }, [`${POD}/nodeSelector`]: { disk: 'ssd' } })).toEqual([[], []]);
});

test('values with two forms take both, and nothing else', () => {
  const port = `${POD}/containers/0/livenessProbe/httpGet/port`;
  for (const good of ['metrics', 9090]) expect(wrong({ [port]: good })).toEqual([[], []]);
  for (const bad of [true, 1.5, {}]) expect(wrong({ [port]: bad }).flat()).not.toEqual([]);
  const memory = `${POD}/containers/0/resources/limits/memory`;
  for (const good of ['1Gi', '100m', 1.5, '1e3', '.5']) expect(wrong({ [memory]: good })).toEqual([[], []]);
  for (const bad of ['1GB', 'lots', '', true]) expect(wrong({ [memory]: bad }).flat()).not.toEqual([]);
});

test('formats are checked', () => {
  expect(wrong({ '/metadata/creationTimestamp': 'yesterday' }).flat()).toHaveLength(2);
  expect(wrong({ '/spec/replicas': 2 ** 31 }).flat()).toHaveLength(2);
  const secret = (data: string) => apis.flatMap((api) => api.mistakes('v1', 'Secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, data: { a: data } }));
  expect(secret('aGk=')).toEqual([]);
  expect(secret('not base64')).toHaveLength(2);
});

test('a field of the newer version only is wrong in the older', () => {
  expect(wrong({ [`${POD}/hostnameOverride`]: 'x' })).toEqual([['1.28 spec.template.spec.hostnameOverride unknown field'], []]);
});

test('lists of objects and unknown kinds are known to nobody', () => {
  for (const [apiVersion, kind] of [['v1', 'List'], ['apps/v1', 'DeploymentList'], ['v1', 'Status'], ['apps/v1beta1', 'Deployment'], ['v1', 'toString']] as const) {
    expect(apis.map((api) => api.knows(apiVersion, kind))).toEqual([false, false]);
    expect(apis.map((api) => api.mistakes(apiVersion, kind, {}))).toEqual([[], []]);
    expect(knowsCustom(apiVersion, kind)).toBe(false);
  }
});

const custom = (object: object, apiVersion = 'external-secrets.io/v1', kind = 'ExternalSecret') => customMistakes(apiVersion, kind, object).map((m) => `${show(m.path)} ${m.what}`);

test('custom resources are closed too, though their validators are not', () => {
  expect(custom(gateway.externalSecret)).toEqual([]);
  expect(custom(changed(gateway.externalSecret, { '/spec/data/0/remoteRef/typo': 1, '/metadata/typo': 1, '/typo': 1 })).toSorted()).toEqual([
    'metadata.typo unknown field', 'spec.data[0].remoteRef.typo unknown field', 'typo unknown field',
  ]);
});

test('their maps stay open, and templates may hold any key', () => {
  expect(custom(changed(gateway.externalSecret, { '/spec/target/template': { data: { URL: '{{ .url }}' }, metadata: { labels: { a: 'b' } } }, '/metadata/annotations': { a: 'b' } }))).toEqual([]);
});

test('their types are checked, and what is no object is no resource', () => {
  expect(custom(changed(gateway.externalSecret, { '/spec/data': 'x' }))).toEqual(['spec.data must be array']);
  expect(customMistakes('external-secrets.io/v1', 'ExternalSecret', [])).toEqual([]);
  expect(customMistakes('example.com/v1', 'Widget', {})).toEqual([]);
});

test('Argo CD', () => {
  const application = {
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'dev', namespace: 'argocd' },
    spec: { project: 'journey', source: { repoURL: 'https://example.com/r.git', path: 'synth/dev', targetRevision: 'main' }, destination: { server: 'https://kubernetes.default.svc' }, syncPolicy: { automated: { prune: true } } },
  };
  expect(custom(application, 'argoproj.io/v1alpha1', 'Application')).toEqual([]);
  expect(custom(changed(application, { '/spec/syncPolicy/automated/selfheal': true }), 'argoproj.io/v1alpha1', 'Application')).toEqual(['spec.syncPolicy.automated.selfheal unknown field']);
});

test('what lives in no namespace is known', () => {
  expect([isNamespaced('Namespace'), isNamespaced('ClusterRole'), isNamespaced('Deployment')]).toEqual([false, false, true]);
});

const told = (object: object, changes: Record<string, unknown>, kind: string) => custom(changed(object, changes), 'argoproj.io/v1alpha1', kind);

test.each([
  '', '/metadata', '/spec', '/spec/source', '/spec/source/directory', '/spec/destination', '/spec/syncPolicy', '/spec/syncPolicy/automated', '/spec/syncPolicy/retry',
  '/spec/syncPolicy/retry/backoff', '/spec/ignoreDifferences/0', '/status', '/operation',
])('an Application is closed at %s', (at) => {
  expect(told(argo.gateway, {}, 'Application')).toEqual([]);
  expect(told(argo.gateway, { [`${at}/typo`]: 1 }, 'Application')).toEqual([expect.stringMatching(/typo unknown field$/)]);
});

test.each(['', '/spec', '/spec/destinations/0', '/spec/namespaceResourceWhitelist/0', '/spec/clusterResourceWhitelist/0', '/spec/syncWindows/0', '/spec/orphanedResources', '/spec/orphanedResources/ignore/0'])('an AppProject is closed at %s', (at) => {
  expect(told(argo.project, {}, 'AppProject')).toEqual([]);
  expect(told(argo.project, { [`${at}/typo`]: 1 }, 'AppProject')).toEqual([expect.stringMatching(/typo unknown field$/)]);
});

test.each<[string, string, unknown]>([
  ['Application', '/spec/syncPolicy/automated/prune', 'yes'], ['Application', '/spec/syncPolicy/retry/limit', '5'], ['Application', '/spec/syncPolicy/syncOptions', 'PruneLast=true'],
  ['Application', '/metadata/annotations/x', 1], ['Application', '/spec/project', undefined], ['Application', '/spec/destination', undefined],
  ['AppProject', '/spec/syncWindows/0/duration', 8], ['AppProject', '/spec/orphanedResources/warn', 'true'], ['AppProject', '/spec/sourceRepos', '*'],
])('in an %s %s is not %j', (kind, at, value) => {
  expect(told(kind === 'Application' ? argo.shared : argo.project, { [at]: value }, kind)).toHaveLength(1);
});
