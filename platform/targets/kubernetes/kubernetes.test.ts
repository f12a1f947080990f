import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { argocd } from '../../../argocd/argocd.ts';
import { dev } from '../../../environments/dev.ts';
import { production } from '../../../environments/production.ts';
import { staging } from '../../../environments/staging.ts';
import type { ClusterEnvironment, Platform } from '../../model/index.ts';
import { platform } from '../../platform.ts';
import { at, documentsIn, objectsIn, only } from '../test/objects.ts';
import { plaza, synthetic, yard } from '../test/synthetic.ts';
import { kubernetes } from './kubernetes.ts';

const files = kubernetes(synthetic, yard);
const objects = objectsIn(files);

test('a workload of any name gets its folder', () => {
  const folder = (name: string) => files.filter(({ path }) => path.startsWith(`kubernetes/${name}/`)).map(({ path }) => path.split('/')[2]);
  expect(folder('desk')).toEqual([
    'service-account.yaml', 'config-map.yaml', 'network-policies.yaml', 'deployment.yaml', 'service.yaml',
    'horizontal-pod-autoscaler.yaml', 'pod-disruption-budget.yaml', 'ingress.yaml', 'service-monitor.yaml', 'smoke.yaml',
  ]);
  expect(folder('ledger')).toContain('role.yaml');
  expect(folder('ledger')).toContain('migration.yaml');
  expect(folder('courier')).not.toContain('service-monitor.yaml');
  expect(folder('shared')).toEqual([
    'namespace.yaml', 'resource-quota.yaml', 'limit-range.yaml', 'service-account.yaml', 'network-policies.yaml', 'generated-secrets.yaml',
    'backing-books.yaml', 'backing-fast-lane.yaml', 'backing-parcels.yaml', 'backing-letters.yaml',
  ]);
});

test('every file says what it declares: its objects, their workload, and each reference behind them', () => {
  for (const { path, text, declares } of [...files, ...kubernetes(synthetic, plaza)]) {
    const folder = path.split('/')[1] ?? '';
    const expected = documentsIn(text).flatMap(({ kind, metadata }) => {
      const one = { object: `${kind}/${metadata.name}`, ...(folder === 'shared' ? {} : { workload: folder }) };
      const references = metadata.annotations['request-journey.dev/declared-by'];
      return references ? references.split(',').map((declaredBy) => ({ ...one, declaredBy })) : [one];
    });
    expect({ path, declares }).toEqual({ path, declares: expected });
  }
});

test('every object has the six labels, and selectors use only the two that never change', () => {
  for (const [name, { metadata }] of objects) {
    expect({ name, labels: Object.keys(metadata.labels).filter((key) => key.startsWith('app.kubernetes.io/')).toSorted() }).toEqual({
      name, labels: ['component', 'instance', 'managed-by', 'name', 'part-of', 'version'].map((label) => `app.kubernetes.io/${label}`),
    });
    expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/instance': 'request-journey-yard', 'app.kubernetes.io/part-of': 'request-journey' });
  }
  const selector = { 'app.kubernetes.io/name': 'desk', 'app.kubernetes.io/instance': 'request-journey-yard' };
  expect(at(objects.get('Deployment/desk'), 'spec', 'selector', 'matchLabels')).toEqual(selector);
  expect(at(objects.get('Service/desk'), 'spec', 'selector')).toEqual(selector);
});

test('everything is in the namespace of the environment, which stands apart', () => {
  for (const { kind, metadata } of objects.values()) expect(metadata.namespace).toBe(kind === 'Namespace' ? undefined : 'journey-yard');
  expect(objects.has('Namespace/journey-yard')).toBe(true);
});

test('Argo CD applies the namespace, then policies, access, backings, migrations, workloads, autoscalers, smoke tests', () => {
  const order = ['Namespace/journey-yard', 'NetworkPolicy/default-deny', 'ServiceAccount/ledger', 'ConfigMap/ledger', 'Role/ledger', 'ExternalSecret/books-credentials', 'StatefulSet/books', 'Job/ledger-migration', 'Deployment/ledger', 'Ingress/desk', 'HorizontalPodAutoscaler/desk', 'Job/desk-smoke'];
  expect(order.map((name) => Number(objects.get(name)?.metadata.annotations['argocd.argoproj.io/sync-wave']))).toEqual([-40, -30, -20, -20, -20, -20, -15, -10, 0, 0, 5, 10]);
});

test('no sync takes the namespace away', () => {
  expect(objects.get('Namespace/journey-yard')?.metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
});

test('no line of the model, no path of a machine and no credential is in it', () => {
  for (const { text } of [...files, ...kubernetes(platform, dev)]) {
    expect(text).not.toMatch(/\.ts:\d|\/work\/|\/home\/|\/tmp\/[^\n]/);
    expect(text.startsWith('# Written by `./journey synth`')).toBe(true);
  }
  expect(only(objects, 'Secret')).toEqual([]);
});

test('the same bytes in another folder, time zone, locale and process', () => {
  const out = mkdtempSync(join(tmpdir(), 'synth with (spaces) '));
  try {
    const app = fileURLToPath(new URL('app.ts', import.meta.url));
    const ran = spawnSync(process.execPath, [app], { cwd: out, encoding: 'utf8', env: { CDK8S_OUTDIR: 'a/b', TZ: 'Pacific/Chatham', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', HOME: out } });
    expect(ran.stderr).toBe('');
    for (const { path, text } of kubernetes(platform, dev)) expect(readFileSync(join(out, 'a/b/dev', path), 'utf8')).toBe(text);
    for (const { path, text } of argocd(platform, [production, staging, dev])) expect(readFileSync(join(out, 'a/b/argocd', path), 'utf8')).toBe(text);
  } finally {
    rmSync(out, { recursive: true });
  }
}, 30_000);

const broken = (change: Partial<ClusterEnvironment>): ClusterEnvironment => ({ ...yard, ...change });
const model: Platform = synthetic;
const renamed = (name: string): Platform => ({ ...model, workloads: { ...model.workloads, [name]: model.workloads['seals']! } });
const scaled = (name: string) => broken({ scale: { ...yard.scale, [name]: { min: 1, max: 1 } }, release: { ...yard.release, [name]: { image: 'unbuilt' } } });

test.each<[string, Platform, ClusterEnvironment, RegExp]>([
  ['no release', model, broken({ release: {} }), /no release of the workload "desk"/],
  ['no scale', model, broken({ scale: {} }), /does not scale the workload "desk"/],
  ['an impossible scale', model, broken({ scale: { ...yard.scale, desk: { min: 3, max: 2 } } }), /scales "desk" from 3 to 2/],
  ['an embedded backing', model, broken({ backing: { ...yard.backing, books: { provider: 'embedded', kind: 'database' } } }), /embedded\('database'\), which no cluster has/],
  ['objects in the cluster', model, broken({ backing: { ...yard.backing, shelf: { provider: 'inCluster', kind: 'objects', storage: '1Gi' } } }), /inCluster\('objects'\), which no cluster has/],
  ['a name that is none', renamed('Front Office'), scaled('Front Office'), /cannot name a Service/],
  ['a workload named like the common folder', renamed('shared'), scaled('shared'), /no workload can be named "shared"/],
  ['a workload named like a backing', renamed('books'), scaled('books'), /two objects ServiceAccount\/books: of shared and of books/],
  ['a workload named like the smoke test of another', renamed('desk-smoke'), scaled('desk-smoke'), /two kinds of pod named "desk-smoke": Job of desk and Deployment of desk-smoke/],
  ['a reference to nobody', { ...model, standard: { ...model.standard, keys: 'nobody' } }, yard, /No workload "nobody"|no workload is named "nobody"/],
])('%s is refused with what, where and how', (_, wrong, environment, message) => {
  expect(() => kubernetes(wrong, environment)).toThrow(message);
});
