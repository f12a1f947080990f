import { get, listOf, textOf } from '../json.ts';
import type { Manifest } from '../rendered.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { isProject } from './application.ts';
import { isPattern } from './glob.ts';

export const projectOrphans = rule({
  id: 'project-orphans',
  why: 'What stands in an environment and belongs to no Application was made by hand or left over; nobody reviews it, and nobody removes it.',
  fix: 'Write orphanedResources with warn: true, and name what it ignores, kind and name.',
  serves: ['NSA/CISA: Audit logging and threat detection'],
  of: ({ manifests }) => manifests.filter((on) => isProject(on) && !isBesideArgocd(on)),
  check: (on) => {
    const at = ['spec', 'orphanedResources'];
    const ignored = listOf(get(on.json, ...at, 'ignore'));
    return [
      ...(get(on.json, ...at, 'warn') === true ? [] : [breach(on, [...at, 'warn'], 'is not true')]),
      ...ignored.flatMap((one, i) => (['kind', 'name'].some((key) => isPattern(textOf(get(one, key)) ?? '*')) ? [breach(on, [...at, 'ignore', i], 'ignores more than one object')] : [])),
    ];
  },
});

/** Its Applications apply things beside Argo CD itself, where others have theirs. */
const isBesideArgocd = (project: Manifest): boolean => {
  const destinations = listOf(get(project.json, 'spec', 'destinations'));
  return destinations.length > 0 && destinations.every((one) => get(one, 'namespace') === project.namespace);
};
