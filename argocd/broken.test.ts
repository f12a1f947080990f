/** The rules over the real tree, with a hostile eye: whatever is taken away, doubled or turned round must be found. */
import { beforeAll, expect, test } from '@jest/globals';
import { dev } from '../environments/dev.ts';
import { production } from '../environments/production.ts';
import { platform } from '../platform/platform.ts';
import { edited, judged, replaced, textsOf, without, type Read, type Texts } from './test/tree.ts';

/** One environment where one is enough: each case reads all of it anew. */
const trees = new Map<string, Texts>();
beforeAll(async () => {
  for (const [name, environments] of [['dev', [dev]], ['production', [production]], ['both', [dev, production]]] as const) trees.set(name, await textsOf(platform, environments));
}, 120_000);
const treeFor = (name: string): Texts => trees.get(name) ?? new Map();

const WAVE = 'argocd.argoproj.io/sync-wave';
const APPS = 'synth/argocd/applications';
const rulesOf = (changed: Texts) => [...new Set(judged(changed, ['production']).found.map(({ rule }) => rule))].toSorted();
const wave = (to: number) => ({ metadata }: Read) => { metadata.annotations[WAVE] = String(to); };
const include = (to: string) => ({ spec }: Read) => { if (spec.source.directory) spec.source.directory.include = to; };

test('as it is, everything holds, and every rule has looked at something', () => {
  const { found, seen } = judged(treeFor('both'), ['production']);
  expect(found).toEqual([]);
  expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
  expect(seen['owned-once']).toBeGreaterThan(300);
  expect(seen['waves']).toBeGreaterThan(600);
}, 60_000);

type Tree = 'dev' | 'production' | 'both';
test.each<[string, Tree, (t: Texts) => Texts, readonly string[]]>([
  ['an application is gone', 'dev', (t) => without(t, `${APPS}/dev/gateway.yaml`), ['owned-once']],
  ['an app of apps is gone', 'dev', (t) => without(t, 'synth/argocd/apps/dev.yaml'), ['application-tree', 'waves']],
  ['the root is gone', 'both', (t) => without(t, 'synth/argocd/root.yaml'), ['application-tree', 'owned-once']],
  ['a project is gone', 'production', (t) => without(t, 'synth/argocd/projects/production.yaml'), ['application-project']],
  ['the settings are gone', 'dev', (t) => without(t, 'synth/argocd/config.yaml'), ['sync-settings']],
  ['an application owns its alerts no more', 'dev', (t) => edited(t, `${APPS}/dev/gateway.yaml`, include('kubernetes/gateway/*')), ['owned-once']],
  ['an application owns what another does', 'dev', (t) => edited(t, `${APPS}/dev/gateway.yaml`, include('{kubernetes/gateway/*,observability/*}')), ['owned-once']],
  ['an application owns the whole environment', 'dev', (t) => edited(t, `${APPS}/dev/shared.yaml`, ({ spec }) => { spec.source.directory = { recurse: true, include: '*' }; }), ['owned-once']],
  ['an application of one environment owns those of another', 'both', (t) => edited(t, `${APPS}/dev/shared.yaml`, ({ spec }) => { spec.source.path = 'synth/production'; }), ['application-project', 'owned-once', 'project-window']],
  ['the root owns itself', 'both', (t) => edited(t, 'synth/argocd/root.yaml', include('{*.yaml,projects/*,apps/*}')), ['application-tree', 'owned-once', 'project-window']],
  ['an app of apps and its own application own each other', 'dev', (t) => edited(t, `${APPS}/dev/auth.yaml`, ({ spec }) => { spec.source = { ...spec.source, path: 'synth/argocd', directory: { recurse: true, include: 'apps/dev.yaml' } }; }), ['application-project', 'application-tree', 'owned-once']],
  ['what is shared comes after the workloads', 'dev', (t) => edited(t, `${APPS}/dev/shared.yaml`, wave(10)), ['waves']],
  ['what is shared comes with the workloads', 'dev', (t) => edited(t, `${APPS}/dev/shared.yaml`, wave(0)), ['waves']],
  ['a project comes after its applications', 'dev', (t) => edited(t, 'synth/argocd/projects/dev.yaml', wave(5)), ['waves']],
  ['workloads come before their migrations', 'dev', (t) => edited(t, 'synth/dev/kubernetes/auth/deployment.yaml', wave(-12)), ['waves']],
  ['workloads come with their migrations', 'dev', (t) => edited(t, 'synth/dev/kubernetes/auth/deployment.yaml', wave(-10)), ['waves']],
  ['a smoke test comes before what it asks', 'dev', (t) => replaced(t, 'synth/dev/kubernetes/auth/smoke.yaml', 'argocd.argoproj.io/hook: PostSync', 'argocd.argoproj.io/hook: PreSync'), ['waves']],
  ['secrets come after who reads them', 'production', (t) => edited(t, 'synth/production/kubernetes/auth/external-secret.yaml', wave(3)), ['waves']],
  ['addresses come after who reads them', 'dev', (t) => edited(t, 'synth/dev/kubernetes/gateway/config-map.yaml', wave(1)), ['waves']],
  ['an account comes after its pods', 'dev', (t) => edited(t, 'synth/dev/kubernetes/gateway/service-account.yaml', wave(1)), ['waves']],
  ['policies come after the pods that they are about', 'dev', (t) => replaced(t, 'synth/dev/kubernetes/gateway/network-policies.yaml', `${WAVE}: "-30"`, `${WAVE}: "20"`), ['waves']],
  ['a backing comes after the migrations that it is for', 'dev', (t) => replaced(t, 'synth/dev/kubernetes/shared/backing-identity.yaml', `${WAVE}: "-15"`, `${WAVE}: "-21"`), ['waves']],
  ['a secret store comes after what is fetched from it', 'production', (t) => edited(t, 'synth/production/kubernetes/shared/secret-store.yaml', wave(0)), []],
  ['passwords come before what makes them', 'dev', (t) => replaced(t, 'synth/dev/kubernetes/shared/generated-secrets.yaml', `${WAVE}: "-30"`, `${WAVE}: "-20"`), ['waves']],
  ['the namespace comes last', 'dev', (t) => edited(t, 'synth/dev/kubernetes/shared/namespace.yaml', wave(30)), ['waves']],
  ['an autoscaler comes before its pods', 'dev', (t) => edited(t, 'synth/dev/kubernetes/auth/horizontal-pod-autoscaler.yaml', wave(-40)), ['waves']],
  ['the window is shorter than the model says', 'production', (t) => replaced(t, 'synth/argocd/projects/production.yaml', 'duration: 8h', 'duration: 9h'), ['project-window']],
  ['production has no window', 'production', (t) => edited(t, 'synth/argocd/projects/production.yaml', ({ spec }) => { delete spec['syncWindows']; }), ['project-window']],
  ['an application of production is in the project of dev', 'both', (t) => edited(t, `${APPS}/production/auth.yaml`, ({ spec }) => { spec.project = 'dev'; }), ['application-project', 'project-window']],
  ['a project forgets a kind', 'dev', (t) => edited(t, 'synth/argocd/projects/dev.yaml', ({ spec }) => { spec['namespaceResourceWhitelist'] = [{ group: '', kind: 'Service' }]; }), ['application-project']],
])('%s', (_, tree, change, rules) => {
  expect(rulesOf(change(treeFor(tree)))).toEqual(rules);
}, 60_000);

test('a cycle is told as one', () => {
  const { found } = judged(edited(treeFor('dev'), `${APPS}/dev/shared.yaml`, wave(10)), ['production']);
  expect(found).toContainEqual({ rule: 'waves', object: 'Deployment/auth', what: 'goes before Namespace/journey-dev, which it needs: each waits for the other' });
}, 60_000);
