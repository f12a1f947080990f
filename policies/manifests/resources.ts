import { get } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf } from './pods.ts';

export const resources = rule({
  id: 'resources',
  why: 'Without requests the scheduler overfills nodes; without limits one leak takes its neighbours down.',
  fix: 'Set resources.requests and resources.limits, each with cpu and memory.',
  serves: ['NSA/CISA: Resource policies', 'CIS Kubernetes 5.7.3'],
  of: (rendered) => containersOf(rendered).filter((c) => c.list !== 'ephemeralContainers'), // the API allows those none
  check: ({ on, at, json, name }) => ['requests', 'limits'].flatMap((kind) => ['cpu', 'memory'].flatMap((what) =>
    (get(json, 'resources', kind, what) === undefined ? [breach(on, [...at, 'resources', kind, what], `${name} has no ${what} in its ${kind}`)] : []))),
});
