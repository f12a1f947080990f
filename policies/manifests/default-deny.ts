import { entriesOf, get, listOf, textsOf } from '../json.ts';
import type { Manifest } from '../rendered.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { ofKind } from './pods.ts';

export const defaultDeny = rule({
  id: 'default-deny',
  why: 'Where no policy selects a pod, everybody may reach it and it may reach everybody; edges mean something only over a default deny.',
  fix: 'Add a NetworkPolicy with an empty podSelector, both policyTypes and no rules.',
  serves: ['CIS Kubernetes 5.3.2', 'NSA/CISA: Network policies'],
  of: ofKind('Namespace'),
  check: (on, rendered) => {
    const denied = ofKind('NetworkPolicy')(rendered).filter((p) => p.namespace === on.name && selectsAll(p) && listOf(get(p.json, 'spec', 'ingress')).length === 0 && listOf(get(p.json, 'spec', 'egress')).length === 0)
      .flatMap((p) => textsOf(get(p.json, 'spec', 'policyTypes')));
    return ['Ingress', 'Egress'].filter((type) => !denied.includes(type)).map((type) => breach(on, ['metadata', 'name'], `has no default deny of ${type.toLowerCase()}`));
  },
});

export const selectsAll = ({ json }: Manifest): boolean => get(json, 'spec', 'podSelector') !== undefined && entriesOf(get(json, 'spec', 'podSelector')).length === 0;
