import type { Declared } from '../../api/declared.ts';
import type { Hop } from '../../api/monitoring.ts';
import { isGiven } from '../given-sources.ts';

/** Who decided that a hop may happen, in one environment. */
export type Declaration =
  | { readonly kind: 'reference'; readonly reference: string; readonly line: string; readonly manifests: readonly string[]; readonly policies: readonly string[] }
  | { readonly kind: 'workload'; readonly line: string; readonly manifests: readonly string[] }
  | { readonly kind: 'given'; readonly reference: string }
  | { readonly kind: 'undeclared'; readonly name: string };

/**
 * Joins a hop to the model: by its `journey.reference` (client, producer, database … hops) to an edge, else by its
 * service to the workload. A name that the graph does not know is `undeclared`, never left out; what `up` was given a URL for is `given`.
 */
export function declarationOf({ attributes, service }: Pick<Hop, 'attributes' | 'service'>, graph: Declared): Declaration {
  const inSynth = (path: string) => `synth/${graph.environment}/${path}`;
  const reference = attributes['journey.reference'];
  if (typeof reference === 'string') {
    const edge = graph.edges.find((candidate) => candidate.reference === reference);
    return edge
      ? { kind: 'reference', reference, line: edge.declaredAt, manifests: edge.manifests.map(inSynth), policies: (edge.policies ?? []).map(({ object }) => object) }
      : isGiven(reference, service) ? { kind: 'given', reference } : { kind: 'undeclared', name: reference };
  }
  const node = graph.nodes.find(({ name, kind }) => name === service && kind === 'workload');
  return node ? { kind: 'workload', line: node.declaredAt, manifests: node.files.map(inSynth) } : { kind: 'undeclared', name: service };
}
