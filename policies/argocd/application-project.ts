import { get, listOf, textOf, textsOf } from '../json.ts';
import type { Manifest } from '../rendered.ts';
import { breach, type Breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { isNamespaced } from '../schemas/scope.ts';
import { sourcesOf, treeOf } from './application.ts';
import { globOf } from './glob.ts';

export const applicationProject = rule({
  id: 'application-project',
  why: 'Argo CD refuses an Application whose project is not there, or does not allow its source, its destination or one of its objects: nothing of it is applied. `default` allows everything.',
  fix: 'Name the project of the environment, and list in argocd/kinds.ts what its targets write.',
  serves: ['CIS Kubernetes 5.1.3', 'NSA/CISA: Authentication and authorization'],
  of: (rendered) => (rendered.neighbours ? treeOf(rendered).applications : []),
  check: (on, rendered) => {
    const tree = treeOf(rendered);
    const name = textOf(get(on.json, 'spec', 'project')) ?? '';
    const project = tree.projects.find((one) => one.name === name && one.namespace === on.namespace);
    const at = ['spec', 'project'];
    if (name === 'default' || name === '') return [breach(on, at, 'is the project that allows everything')];
    if (!project) return [breach(on, at, `names ${name}, and there is no such project`)];
    const owned = tree.ownedBy(on);
    return [
      ...sourcesOf(on).filter(({ repo }) => !textsOf(get(project.json, 'spec', 'sourceRepos')).includes(repo)).map((source) => breach(on, [...source.at, 'repoURL'], `is no repository of the project ${name}`)),
      ...destinationBreaches(on, project, owned),
      ...[...new Set(owned.filter((m) => !allowsKind(project, m)).map((m) => m.kind))].map((kind) => breach(on, at, `names ${name}, which does not allow the kind ${kind}`)),
    ];
  },
});

/** Argo CD asks for the destination itself, and for the namespace of each object. */
function destinationBreaches(on: Manifest, project: Manifest, owned: readonly Manifest[]): Breach[] {
  const to = get(on.json, 'spec', 'destination');
  const allows = (namespace: string | undefined) => listOf(get(project.json, 'spec', 'destinations')).some((one) =>
    ['name', 'server'].some((key) => matches(get(one, key), get(to, key))) && matches(get(one, 'namespace'), namespace));
  const foreign = [...new Set(owned.filter((m) => isNamespaced(m.kind) && !allows(m.namespace)).map((m) => m.namespace ?? ''))];
  if (!allows(textOf(get(to, 'namespace')))) return [breach(on, ['spec', 'destination'], `is none that the project ${project.name} allows`)];
  return foreign.map((namespace) => breach(on, ['spec', 'destination'], `owns objects in the namespace ${namespace}, which the project ${project.name} does not allow`));
}

function allowsKind(project: Manifest, { kind, apiVersion, name }: Manifest): boolean {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const list = isNamespaced(kind) ? 'namespaceResourceWhitelist' : 'clusterResourceWhitelist';
  return listOf(get(project.json, 'spec', list)).some((one) =>
    matches(get(one, 'kind'), kind) && matches(get(one, 'group') ?? '', group) && (get(one, 'name') === undefined || matches(get(one, 'name'), name)));
}

const matches = (pattern: unknown, text: unknown): boolean => typeof pattern === 'string' && typeof text === 'string' && globOf(pattern)?.test(text) === true;
