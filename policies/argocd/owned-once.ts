import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { isApplication, treeOf } from './application.ts';

export const ownedOnce = rule({
  id: 'owned-once',
  why: 'An object that no Application owns is reviewed, merged and never applied; one that two own is applied and pruned by turns.',
  fix: "Run ./journey synth; an Application's `path` and `include` in argocd/ say what it owns.",
  serves: ['NSA/CISA: Upgrading and application security practices'],
  // An Application that nobody owns may be the root: application-tree says which.
  of: (rendered) => (rendered.neighbours ? treeOf(rendered).manifests.map((on) => ({ on, owners: treeOf(rendered).ownersOf(on) })).filter(({ on, owners }) => !isApplication(on) || owners.length > 0) : []),
  check: ({ on, owners }, rendered) => {
    if (owners.length === 1 || treeOf(rendered).applications.length === 0) return [];
    return [breach(on, [], owners.length === 0 ? 'belongs to no Application' : `belongs to ${owners.map((o) => o.name).join(' and ')}`)];
  },
});
