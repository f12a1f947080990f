import { get, listOf, textOf, textsOf, type Path } from '../json.ts';
import type { Manifest } from '../rendered.ts';
import { breach, type Breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { isProject } from './application.ts';
import { isPattern } from './glob.ts';

const RESERVED = ['kube-system', 'kube-public', 'kube-node-lease', 'default'];

export const projectLimits = rule({
  id: 'project-limits',
  why: 'A project is all that keeps an Application in its place: with a star for a repository, a cluster, a namespace or a kind, one merged line owns the cluster.',
  fix: 'Name each repository, each destination with its namespace, each kind, and each object outside of namespaces by its name.',
  serves: ['CIS Kubernetes 5.1.3', 'CIS Kubernetes 5.7.1', 'NSA/CISA: Authentication and authorization'],
  of: ({ manifests }) => manifests.filter(isProject),
  check: (on) => [...repositories(on), ...destinations(on), ...kinds(on, 'namespaceResourceWhitelist'), ...kinds(on, 'clusterResourceWhitelist'), ...roles(on), ...elsewhere(on)],
});

function repositories(on: Manifest): Breach[] {
  const all = textsOf(get(on.json, 'spec', 'sourceRepos'));
  if (all.length === 0) return [breach(on, ['spec', 'sourceRepos'], 'names no repository')];
  return all.flatMap((repo, i) => (isPattern(repo) ? [breach(on, ['spec', 'sourceRepos', i], `allows ${repo}`)] : []));
}

function destinations(on: Manifest): Breach[] {
  const all = listOf(get(on.json, 'spec', 'destinations'));
  if (all.length === 0) return [breach(on, ['spec', 'destinations'], 'names no destination')];
  return all.flatMap((one, i) => {
    const at: Path = ['spec', 'destinations', i];
    const clusters = ['name', 'server'].flatMap((key) => textOf(get(one, key)) ?? []);
    const namespace = textOf(get(one, 'namespace')) ?? '';
    return [
      ...(clusters.length === 0 || clusters.some(isPattern) ? [breach(on, at, 'does not name one cluster')] : []),
      ...(namespace === '' || isPattern(namespace) || RESERVED.includes(namespace) ? [breach(on, [...at, 'namespace'], `allows ${namespace === '' ? 'any namespace' : namespace}`)] : []),
    ];
  });
}

function kinds(on: Manifest, list: 'namespaceResourceWhitelist' | 'clusterResourceWhitelist'): Breach[] {
  const isCluster = list === 'clusterResourceWhitelist';
  const all = get(on.json, 'spec', list);
  // Without this list everything in a namespace is allowed; without the other nothing outside of one is.
  if (!isCluster && listOf(all).length === 0) return [breach(on, ['spec', list], 'names no kind')];
  return listOf(all).flatMap((one, i) => {
    const kind = textOf(get(one, 'kind')) ?? '';
    const name = textOf(get(one, 'name')) ?? '';
    const wide = [kind, textOf(get(one, 'group')) ?? ''].some(isPattern);
    return [
      ...(wide ? [breach(on, ['spec', list, i], 'allows more than one kind')] : []),
      ...(isCluster && (name === '' || isPattern(name)) ? [breach(on, ['spec', list, i, 'name'], `allows every ${kind}`)] : []),
    ];
  });
}

/** Whoever may override, create or delete needs no review any more. (argo-cd.readthedocs.io: RBAC Configuration) */
const ACTIONS = ['get', 'sync', 'update'];
function roles(on: Manifest): Breach[] {
  return listOf(get(on.json, 'spec', 'roles')).flatMap((role, i) => textsOf(get(role, 'policies')).flatMap((policy, j) => {
    const [, , resource, action, object] = policy.split(',').map((part) => part.trim());
    const fits = resource === 'applications' && ACTIONS.includes(action ?? '') && object?.startsWith(`${on.name}/`);
    return fits ? [] : [breach(on, ['spec', 'roles', i, 'policies', j], `allows ${action ?? ''} of ${resource ?? ''} in ${object ?? ''}`)];
  }));
}

/** Applications outside of Argo CD's namespace belong to whoever may write there. */
const elsewhere = (on: Manifest): Breach[] =>
  (listOf(get(on.json, 'spec', 'sourceNamespaces')).length === 0 ? [] : [breach(on, ['spec', 'sourceNamespaces'], 'takes Applications from other namespaces')]);
