import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJourney, type JourneyJson } from '../../targets/graph/journey-json.ts';
import type { Hop } from './answer.ts';

/** Where the model decided a hop, and the files that were rendered from that, relative to the repository. */
export interface Declaration { readonly line: string; readonly manifests: readonly string[] }

/** Reads the committed graph of an environment. @returns a look-up that knows nothing when there is none */
export async function declarationsIn(root: string, environment: string): Promise<(hop: Hop) => Declaration | undefined> {
  const folder = `synth/${environment}`;
  const graph = await readGraph(join(root, folder, 'journey.json'));
  if (!graph) return () => undefined;
  const declaration = (line: string, files: readonly string[]): Declaration => ({ line, manifests: files.map((file) => `${folder}/${file}`) });
  return (hop) => {
    const reference = hop.attributes['journey.reference'];
    const edge = graph.edges.find((e) => e.reference === reference);
    if (edge) return declaration(edge.declaredAt, [...new Set([...edge.policies.map((p) => p.file), ...edge.manifests])]);
    const node = graph.nodes.find((n) => n.name === hop.service);
    return node && declaration(node.declaredAt, node.files);
  };
}

async function readGraph(path: string): Promise<JourneyJson | undefined> {
  try {
    return readJourney(await readFile(path, 'utf8'));
  } catch {
    return undefined; // no synth yet: hops are shown without their declaration
  }
}
