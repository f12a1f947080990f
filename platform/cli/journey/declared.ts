import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Hop } from './answer.ts';

/** Where the model decided a hop, and what was rendered from that. */
export interface Declaration { readonly line: string; readonly manifests: readonly string[] }
interface Graph {
  readonly nodes: readonly { readonly name: string; readonly declaredAt: string; readonly files?: readonly string[] }[];
  readonly edges: readonly { readonly reference: string; readonly declaredAt: string; readonly manifests?: readonly string[] }[];
}

const isGraph = new Ajv2020({ strict: false }).compile<Graph>({
  type: 'object', required: ['nodes', 'edges'],
  properties: {
    nodes: { type: 'array', items: { type: 'object', required: ['name', 'declaredAt'] } },
    edges: { type: 'array', items: { type: 'object', required: ['reference', 'declaredAt'] } },
  },
});

/** Reads the committed graph of an environment. @returns a look-up that knows nothing when there is none. */
export async function declarationsIn(root: string, environment: string): Promise<(hop: Hop) => Declaration | undefined> {
  const graph = await readGraph(join(root, 'synth', environment, 'journey.json'));
  if (!graph) return () => undefined;
  return (hop) => {
    const reference = hop.attributes['journey.reference'];
    const edge = graph.edges.find((e) => e.reference === reference);
    if (edge) return { line: edge.declaredAt, manifests: edge.manifests ?? [] };
    const node = graph.nodes.find((n) => n.name === hop.service);
    return node && { line: node.declaredAt, manifests: (node.files ?? []).filter((f) => f.endsWith('deployment.yaml')) };
  };
}

async function readGraph(path: string): Promise<Graph | undefined> {
  try {
    const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isGraph(parsed) ? parsed : undefined;
  } catch {
    return undefined; // no synth yet: hops are shown without their declaration
  }
}
