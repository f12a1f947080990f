import { breach } from '../breach.ts';
import { rule } from '../rule.ts';

export const uniqueObjects = rule({
  id: 'unique-objects',
  why: 'Of two objects with one name the cluster keeps the one that was applied last, and nobody reviewed which.',
  fix: 'Rename or remove one of them.',
  serves: ['NSA/CISA: Namespaces'],
  of: ({ manifests }) => Map.groupBy(manifests.filter((m) => m.kind !== ''), (m) => `${m.apiVersion} ${m.namespace ?? ''} ${m.object}`).values(),
  check: (same) => same.slice(1).map((on) => breach(on, ['metadata', 'name'], `is also in ${same[0]?.file ?? ''}`)),
});
