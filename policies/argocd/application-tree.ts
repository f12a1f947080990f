import { breach } from '../breach.ts';
import type { Manifest } from '../rendered.ts';
import { rule } from '../rule.ts';
import { isApplication, treeOf, type Tree } from './application.ts';

export const applicationTree = rule({
  id: 'application-tree',
  why: 'Applications hang from one root that is applied by hand once: a second one is applied by nobody, and one that owns itself waits for itself for ever.',
  fix: 'Let argocd/ write them: the root owns the apps of apps, each app of apps its Applications, and nobody the root.',
  serves: ['NSA/CISA: Upgrading and application security practices'],
  of: (rendered) => (rendered.neighbours ? [rendered] : []),
  check: ({ folder, neighbours = [] }, rendered) => {
    const tree = treeOf(rendered);
    const where = { file: folder, object: 'Argo CD' };
    if (tree.applications.length === 0) return neighbours.length === 0 ? [] : [breach(where, [], `has no Application, and ${neighbours.map((n) => n.name).join(', ')} would be applied by nobody`)];
    const [root, ...more] = tree.applications.filter((one) => tree.ownersOf(one).length === 0);
    const loop = tree.applications.find((one) => ownsItself(tree, one));
    return [
      ...more.map((on) => breach(on, [], `is owned by no Application, and neither is ${root?.name ?? ''}: only the root is applied by hand`)),
      ...(loop ? [breach(loop, ['spec', 'source'], 'owns itself, directly or through others: it waits for itself to be healthy')] : []),
      ...tree.applications.filter((one) => tree.ownedBy(one).length === 0).map((on) => breach(on, ['spec', 'source'], 'owns no object: its path or include is wrong')),
    ];
  },
});

function ownsItself(tree: Tree, application: Manifest): boolean {
  const seen = new Set<Manifest>();
  const below = (one: Manifest): boolean => tree.ownedBy(one).filter(isApplication).some((child) => {
    if (child === application) return true;
    if (seen.has(child)) return false;
    seen.add(child);
    return below(child);
  });
  return below(application);
}
