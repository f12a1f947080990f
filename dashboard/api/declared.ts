import { declarationRoutes } from '../../services/deployment/contract/declarations.ts';
import { unreadableGraph } from '../ui/texts/graph.ts';
import { ask } from './ask.ts';
import { problemFrom, ProblemError } from './problem.ts';
import { conforms, type FromSchema } from './schema.ts';

const names = { type: 'array', items: { type: 'string' } } as const;
/** The part of `synth/<environment>/journey.json` that the pages read; platform/targets/graph writes it. */
const schema = {
  type: 'object', required: ['environment', 'nodes', 'edges'],
  properties: {
    environment: { type: 'string' },
    nodes: {
      type: 'array',
      items: {
        type: 'object', required: ['name', 'kind', 'declaredAt', 'files'],
        /** `backing`: `database`, `queue` and so on; a workload has none. */
        properties: { name: { type: 'string' }, kind: { type: 'string' }, backing: { type: 'string' }, declaredAt: { type: 'string' }, files: names },
      },
    },
    edges: {
      type: 'array',
      items: {
        type: 'object', required: ['reference', 'from', 'to', 'kind', 'declaredAt', 'manifests'],
        properties: {
          reference: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, kind: { type: 'string' },
          declaredAt: { type: 'string' }, manifests: names,
          policies: { type: 'array', items: { type: 'object', required: ['object'], properties: { object: { type: 'string' } } } },
        },
      },
    },
  },
} as const;

export type Declared = FromSchema<typeof schema>;
export type DeclaredEdge = Declared['edges'][number];
export type DeclaredNode = Declared['nodes'][number];

export const readDeclared = async (environment: string, signal: AbortSignal): Promise<Declared> =>
  parseDeclared(await ask(declarationRoutes.declared, { params: { environment }, signal }));

/** @throws ProblemError when the graph has another form than this release of the dashboard reads. */
export function parseDeclared(graph: unknown): Declared {
  if (conforms(schema, graph)) return graph;
  throw new ProblemError(problemFrom(200, unreadableGraph));
}
