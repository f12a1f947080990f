import { beforeAll, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { dev } from '../environments/dev.ts';
import { local } from '../environments/local.ts';
import { production } from '../environments/production.ts';
import { staging } from '../environments/staging.ts';
import type { ClusterEnvironment, Environment } from '../platform/model/index.ts';
import { platform } from '../platform/platform.ts';
import { plaza, synthetic, yard } from '../platform/targets/test/synthetic.ts';
import { customMistakes, knowsCustom } from '../policies/schemas/custom.ts';
import { apis } from '../policies/schemas/kubernetes.ts';
import { argocd } from './argocd.ts';
import { argoKinds, kinds } from './kinds.ts';
import { readIn, textsOf, type Read, type Texts } from './test/tree.ts';

let ours: Texts;
let others: Texts;
beforeAll(async () => {
  ours = await textsOf(platform, [dev, local, production, staging]);
  others = await textsOf(synthetic, [yard, plaza]);
}, 120_000);

const objectsIn = (texts: Texts, below: string): { path: string; object: Read }[] => [...texts].filter(([path]) => path.startsWith(below) && path.endsWith('.yaml'))
  .flatMap(([path, text]) => parseAllDocuments(text).map((document) => ({ path, object: document.toJS() as Read })));
const applicationsIn = (texts: Texts) => objectsIn(texts, 'synth/argocd/').map(({ object }) => object).filter(({ kind }) => kind === 'Application');
const at = (value: unknown, ...path: (string | number)[]): unknown => path.reduce<unknown>((found, key) => (typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined), value);

test('an application for each workload and one for what is shared, an app of apps for each environment, one root', () => {
  const names = [...ours.keys()].filter((path) => path.startsWith('synth/argocd/')).map((path) => path.slice('synth/argocd/'.length)).toSorted();
  const environments = ['dev', 'production', 'staging'];
  expect(names).toEqual([
    ...environments.flatMap((e) => ['shared', ...Object.keys(platform.workloads)].map((w) => `applications/${e}/${w}.yaml`)).toSorted(),
    ...environments.map((e) => `apps/${e}.yaml`), 'config.yaml', ...['dev', 'production', 'root', 'staging'].map((p) => `projects/${p}.yaml`), 'root.yaml',
  ]);
});

test('every object fits its schema, unknown fields included', () => {
  for (const texts of [ours, others]) {
    const all = objectsIn(texts, 'synth/argocd/');
    expect(all.length).toBeGreaterThan(15);
    for (const { path, object } of all) {
      const mistakes = knowsCustom(object.apiVersion, object.kind) ? customMistakes(object.apiVersion, object.kind, object)
        : apis.flatMap((api) => (api.knows(object.apiVersion, object.kind) ? api.mistakes(object.apiVersion, object.kind, object) : [{ path: ['kind'], what: 'unknown' }]));
      expect({ path, mistakes }).toEqual({ path, mistakes: [] });
    }
  }
});

/** Not by the rule of the policies: a second reading of `path` and `include`, by splitting what argocd/ writes. */
function owns({ spec: { source: { path, directory } } }: Read, file: string): boolean {
  if (directory === undefined) return file.startsWith(`${path}/`) && !file.slice(path.length + 1).includes('/');
  return directory.include.replace(/^\{|\}$/g, '').split(',').some((part) => (part.endsWith('/*') ? file.startsWith(`${path}/${part.slice(0, -1)}`) : file === `${path}/${part}`));
}

test.each([['ours', () => ours], ['others', () => others]])('%s: every object has one owner, and only the root has none', (_, texts) => {
  const applications = applicationsIn(texts());
  const files = [...new Set(objectsIn(texts(), 'synth/').map(({ path }) => path))];
  expect(files.length).toBeGreaterThan(60);
  const owners = files.map((file) => ({ file, owners: applications.filter((one) => owns(one, file)).map(({ metadata }) => metadata.name) }));
  expect(owners.filter((one) => one.owners.length !== 1)).toEqual([{ file: 'synth/argocd/root.yaml', owners: [] }]);
  for (const one of applications) expect({ name: one.metadata.name, owns: files.some((file) => owns(one, file)) }).toEqual({ name: one.metadata.name, owns: true });
  // … by the one of its workload.
  expect(owners.find(({ file }) => /\/kubernetes\/(?:gateway|desk)\/deployment/.test(file))?.owners.join()).toMatch(/^(?:dev-gateway|yard-desk)$/);
});

test('every kind that a target writes is allowed, and none that nothing writes', () => {
  const group = ({ apiVersion }: Read) => (apiVersion.includes('/') ? apiVersion.split('/')[0] : '');
  const written = new Set([...objectsIn(ours, 'synth/'), ...objectsIn(others, 'synth/')].filter(({ path }) => !path.startsWith('synth/argocd/'))
    .map(({ object }) => `${group(object)} ${object.kind}`));
  expect([...written].toSorted()).toEqual([...kinds.map((one) => `${one.group} ${one.kind}`), ' Namespace'].toSorted());
  const beside = new Set(objectsIn(ours, 'synth/argocd/').map(({ object }) => `${group(object)} ${object.kind}`));
  expect([...beside].toSorted()).toEqual(argoKinds.map((one) => `${one.group} ${one.kind}`).toSorted());
});

test('a project keeps to one repository, one namespace of one cluster, and the window of the model', () => {
  expect(readIn(ours, 'synth/argocd/projects/staging.yaml').spec).toEqual({
    sourceRepos: [expect.stringMatching(/^https:/)], destinations: [{ name: 'staging', namespace: 'journey-staging' }],
    clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name: 'journey-staging' }], namespaceResourceWhitelist: kinds, orphanedResources: { warn: true },
    roles: [{ name: 'deployment', groups: ['deployment'], policies: ['get', 'sync', 'update'].map((action) => `p, proj:staging:deployment, applications, ${action}, staging/*, allow`) }],
  });
  const window = (texts: Texts, project: string) => readIn(texts, `synth/argocd/projects/${project}.yaml`).spec['syncWindows'];
  const wanted = { kind: 'allow', schedule: '0 8 * * 1-4', duration: '8h', timeZone: 'Europe/Dublin', manualSync: true };
  expect([window(ours, 'dev'), window(ours, 'production'), window(ours, 'root')]).toEqual([undefined, [{ ...wanted, applications: ['*'] }], [{ ...wanted, applications: ['journey-production'] }]]);
  expect(window(others, 'plaza')).toEqual([{ kind: 'allow', schedule: '0 9 * * 1-5', duration: '6h', timeZone: 'Europe/Berlin', manualSync: true, applications: ['*'] }]);
  expect(window(others, 'yard')).toBeUndefined();
});

test('any environment that has a window gets it, not only production', () => {
  const slow: ClusterEnvironment = { ...staging, delivery: { ...staging.delivery, window: { schedule: '0 6 * * *', hours: 2, timeZone: 'UTC' } } };
  const files = new Map(argocd(platform, [slow]).map(({ path, text }) => [path, text]));
  expect(readIn(files, 'projects/staging.yaml').spec['syncWindows']).toEqual([{ kind: 'allow', schedule: '0 6 * * *', duration: '2h', timeZone: 'UTC', applications: ['*'], manualSync: true }]);
  expect(readIn(files, 'projects/root.yaml').spec['syncWindows']).toEqual([expect.objectContaining({ applications: ['journey-staging'] })]);
});

test('every application syncs, prunes, heals and retries by itself, at main and nothing else', () => {
  for (const { metadata, spec } of applicationsIn(ours)) {
    expect(spec.source.targetRevision).toBe('main');
    expect({ name: metadata.name, policy: spec['syncPolicy'] }).toEqual({
      name: metadata.name,
      policy: {
        automated: { prune: true, selfHeal: true, allowEmpty: false },
        retry: { limit: 5, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
        syncOptions: ['ServerSideApply=true', 'FailOnSharedResource=true', 'PruneLast=true', 'RespectIgnoreDifferences=true'],
      },
    });
  }
});

test('what is ignored: replicas of the workload itself, and whether people have paused it', () => {
  const ignored = (name: string) => applicationsIn(ours).find(({ metadata }) => metadata.name === name)?.spec['ignoreDifferences'];
  expect(ignored('production-gateway')).toEqual([{ group: 'apps', kind: 'Deployment', name: 'gateway', namespace: 'journey-production', jsonPointers: ['/spec/replicas'] }]);
  expect(ignored('production-shared')).toBeUndefined();
  for (const name of ['request-journey', 'journey-production']) expect(ignored(name)).toEqual([{ group: 'argoproj.io', kind: 'Application', namespace: 'argocd', jsonPointers: ['/spec/syncPolicy/automated/enabled'] }]);
  for (const { object } of objectsIn(ours, 'synth/dev/kubernetes/')) if (object.kind === 'Deployment') expect(object.spec['replicas']).toBeUndefined();
});

test('a workload that leaves the model takes its objects along; what is shared, an environment and the root never do', () => {
  const cascading = applicationsIn(ours).filter(({ metadata }) => metadata.finalizers).map(({ metadata }) => metadata.name);
  expect(cascading.toSorted()).toEqual(['dev', 'production', 'staging'].flatMap((e) => Object.keys(platform.workloads).map((w) => `${e}-${w}`)).toSorted());
});

test('deep links lead into the dashboard of the environment', () => {
  const links = ({ metadata }: Read) => Object.fromEntries(Object.entries(metadata.annotations).filter(([key]) => key.startsWith('link.argocd.argoproj.io/')).map(([key, value]) => [key.slice(24), value.split('|')[1]]));
  expect(links(readIn(ours, 'synth/argocd/applications/dev/auth.yaml'))).toEqual({
    environments: 'https://app.dev.journey.example.com/environments', manifests: 'https://app.dev.journey.example.com/environments/dev/manifests',
    history: 'https://app.dev.journey.example.com/history?environment=dev&workload=auth', drift: 'https://app.dev.journey.example.com/drift',
  });
  expect(links(readIn(ours, 'synth/argocd/apps/production.yaml'))['history']).toBe('https://app.journey.example.com/history?environment=production');
  // No pages, no links.
  expect(links(readIn(others, 'synth/argocd/apps/yard.yaml'))).toEqual({});
});

test('waves: settings, projects, then environments; in each first what is shared', () => {
  const wave = (path: string) => Number(readIn(ours, `synth/argocd/${path}.yaml`).metadata.annotations['argocd.argoproj.io/sync-wave']);
  expect(['config', 'projects/root', 'projects/dev', 'apps/dev'].map(wave)).toEqual([-20, -10, -10, 0]);
  expect(['applications/dev/shared', 'applications/dev/gateway', 'applications/dev/auth'].map(wave)).toEqual([-10, 0, 0]);
});

test('settings of Argo CD are read by it, and are never taken away', () => {
  const { metadata, ...rest } = readIn(ours, 'synth/argocd/config.yaml');
  expect(metadata).toMatchObject({ name: 'argocd-cm', namespace: 'argocd', labels: { 'app.kubernetes.io/part-of': 'argocd' }, annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } });
  expect(at(rest, 'data', 'application.resourceTrackingMethod')).toBe('annotation');
  expect(at(rest, 'data', 'accounts.deployment')).toBe('apiKey');
  expect(at(rest, 'data', 'resource.customizations.health.argoproj.io_Application')).toMatch(/operationState/);
});

test('a release changes nothing here, and the order of environments neither', () => {
  const released: ClusterEnvironment = { ...dev, release: { ...dev.release, gateway: { image: `sha256:${'a'.repeat(64)}` } } };
  expect(argocd(platform, [staging, released, production])).toEqual(argocd(platform, [dev, production, staging]));
});

test('a laptop alone has nothing', () => {
  expect(argocd(platform, [local])).toEqual([]);
});

test.each<[string, readonly Environment[], RegExp]>([
  ['an environment named as the folder', [{ ...dev, name: 'argocd' }], /no environment can be named "argocd"/],
  ['an environment named as the root', [{ ...dev, name: 'root' }], /two of projects\/root.yaml/],
  ['an environment named as the application of another', [{ ...dev, name: 'journey' }, { ...staging, name: 'gateway' }], /two of Application\/journey-gateway: apps\/gateway.yaml and applications\/journey\/gateway.yaml/],
])('%s is refused', (_, environments, message) => {
  expect(() => argocd(platform, environments)).toThrow(message);
});
