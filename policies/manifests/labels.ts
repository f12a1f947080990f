import { get, type Path } from '../json.ts';
import type { Manifest } from '../rendered.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { podsOf } from './pods.ts';

export const SIX = ['name', 'instance', 'version', 'component', 'part-of', 'managed-by'].map((word) => `app.kubernetes.io/${word}`);

export const labels = rule({
  id: 'labels',
  why: 'The labels join a hop to its manifest, an object to its owner, and a cost to a team; one that lacks them is lost.',
  fix: `Set all six: ${SIX.join(', ')}.`,
  serves: ['Kubernetes documentation: Recommended Labels', 'CIS Kubernetes 5.7.1'],
  of: (rendered) => [
    ...rendered.manifests.filter((on) => on.kind !== '').map((on) => ({ on, at: ['metadata', 'labels'], labels: get(on.json, 'metadata', 'labels') })),
    ...podsOf(rendered).filter((pod) => pod.on.kind !== 'Pod').map((pod) => ({ on: pod.on, at: [...pod.metadataAt, 'labels'], labels: get(pod.metadata, 'labels') })),
  ],
  check: ({ on, at, labels }: { on: Manifest; at: Path; labels: unknown }) =>
    SIX.filter((key) => typeof get(labels, key) !== 'string' || get(labels, key) === '').map((key) => breach(on, [...at, key], `has no label ${key}`)),
});
