import { entriesOf, get, includes, listOf, textOf } from '../json.ts';
import type { Manifest, Rendered } from '../rendered.ts';
import { hooksOf, isAfterSync } from '../manifests/hooks.ts';
import { podsOf, type Pod } from '../manifests/pods.ts';
import { isNamespaced } from '../schemas/scope.ts';
import type { Tree } from './application.ts';

/** `what` must be there, and be healthy, before `who` is applied. */
export interface Need { readonly who: Manifest; readonly what: Manifest }

/** What the objects of an environment name, and cannot do without: read from the objects themselves, not from their waves. */
export function needsIn(rendered: Rendered): Need[] {
  const { manifests } = rendered;
  const find = (kind: string, namespace: string | undefined, name: unknown) => manifests.filter((m) => m.kind === kind && m.name === name && (m.namespace === namespace || !isNamespaced(kind)));
  const all = (who: Manifest, whats: readonly Manifest[]): Need[] => whats.filter((what) => what !== who).map((what) => ({ who, what }));
  return [
    ...manifests.filter((m) => isNamespaced(m.kind)).flatMap((who) => all(who, find('Namespace', undefined, who.namespace))),
    ...podsOf(rendered).flatMap((pod) => all(pod.on, podNeeds(pod, rendered))),
    ...manifests.filter((m) => m.kind === 'ExternalSecret').flatMap((who) => all(who, secretSources(who, find))),
    ...manifests.filter((m) => m.kind === 'HorizontalPodAutoscaler').flatMap((who) => all(who, find(textOf(get(who.json, 'spec', 'scaleTargetRef', 'kind')) ?? '', who.namespace, get(who.json, 'spec', 'scaleTargetRef', 'name')))),
  ];
}

/** An Application needs its project, and Argo CD's settings before anything waits for its health. */
export const applicationNeeds = ({ applications, projects, manifests }: Tree): Need[] => {
  const settings = manifests.filter((m) => m.kind === 'ConfigMap' && m.name === 'argocd-cm');
  return applications.flatMap((who) => [...projects.filter((p) => p.name === get(who.json, 'spec', 'project')), ...settings].map((what) => ({ who, what })));
};

function podNeeds({ on, spec, metadata }: Pod, rendered: Rendered): readonly Manifest[] {
  const here = rendered.manifests.filter((m) => m.namespace === on.namespace);
  const named = namedIn(spec);
  return here.filter((m) => {
    if (m.kind === 'ServiceAccount') return m.name === get(spec, 'serviceAccountName');
    if (m.kind === 'ConfigMap') return named.configMaps.has(m.name);
    if (m.kind === 'ExternalSecret') return named.secrets.has(textOf(get(m.json, 'spec', 'target', 'name')) ?? m.name);
    // Its policies first: no pod runs a second without them.
    if (m.kind === 'NetworkPolicy') return includes(get(metadata, 'labels'), get(m.json, 'spec', 'podSelector', 'matchLabels') ?? {});
    if (m.kind === 'StatefulSet') return callsBacking(on, m, rendered);
    if (m.kind === 'Deployment' || m.kind === 'Service') return isAfterSync(on) && m.workload === on.workload;
    return m.kind === 'Job' && m.workload === on.workload && on.kind === 'Deployment' && hooksOf(m).includes('Sync');
  });
}

/** A pod of a workload whose edge leads to the backing; of its Jobs only those that a policy lets through. */
function callsBacking(on: Manifest, backing: Manifest, { journey, manifests }: Rendered): boolean {
  const isCalled = journey?.edges.some((e) => e.kind === 'backing' && e.from === on.workload && e.to === backing.name) ?? false;
  if (!isCalled || on.kind !== 'Job') return isCalled;
  return manifests.some((m) => m.kind === 'NetworkPolicy' && m.name === `${on.name}-to-${backing.name}`);
}

/** The ConfigMaps and Secrets that containers and volumes name. */
function namedIn(spec: unknown): { readonly configMaps: ReadonlySet<string>; readonly secrets: ReadonlySet<string> } {
  const configMaps = new Set<string>();
  const secrets = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) { for (const one of value) walk(one); return; }
    for (const [key, below] of entriesOf(value)) {
      const name = textOf(get(below, 'name')) ?? textOf(get(below, 'secretName'));
      if (name !== undefined && /^configMap(?:KeyRef|Ref)?$/.test(key)) configMaps.add(name);
      if (name !== undefined && /^secret(?:KeyRef|Ref)?$/.test(key)) secrets.add(name);
      walk(below);
    }
  };
  walk(spec);
  return { configMaps, secrets };
}

/** The store that it reads, and what makes its passwords. */
function secretSources({ json, namespace }: Manifest, find: (kind: string, namespace: string | undefined, name: unknown) => Manifest[]): readonly Manifest[] {
  const references = [get(json, 'spec', 'secretStoreRef'), ...listOf(get(json, 'spec', 'dataFrom')).map((one) => get(one, 'sourceRef', 'generatorRef'))];
  return references.flatMap((one) => find(textOf(get(one, 'kind')) ?? '', namespace, get(one, 'name')));
}
