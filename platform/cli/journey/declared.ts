import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJourney, type JourneyEdge, type JourneyJson } from '../../targets/graph/journey-json.ts';
import { CliError, exit } from '../command.ts';
import { didYouMean } from '../spelling.ts';
import type { Hop } from './answer.ts';

/** Where the model decided a hop, and the files that were rendered from that, relative to the repository. */
export interface Declaration { readonly line: string; readonly manifests: readonly string[] }

/**
 * Reads the committed graph of an environment.
 * @throws {CliError} exit 2 for an environment that was never rendered, exit 3 for a graph that cannot be read
 */
export async function declarationsIn(root: string, environment: string): Promise<(hop: Hop) => Declaration | undefined> {
  const folder = `synth/${environment}`;
  const graph = await readGraph(root, environment);
  const declaration = (line: string, files: readonly string[]): Declaration => ({ line, manifests: files.map((file) => `${folder}/${file}`) });
  return (hop) => {
    const reference = hop.attributes['journey.reference'];
    const edge = graph.edges.find((e) => e.reference === reference);
    if (edge) return declaration(edge.declaredAt, filesOf(edge));
    const node = graph.nodes.find((n) => n.name === hop.service);
    return node && declaration(node.declaredAt, node.files);
  };
}

/** What lets the caller out comes first, then what else the caller got, then the other side. */
function filesOf({ from, policies, manifests }: JourneyEdge): string[] {
  const files = [...new Set([...policies.map((p) => p.file), ...manifests])];
  const rank = (file: string) => (file.startsWith(`kubernetes/${from}/network-policies`) ? 0 : file.startsWith(`kubernetes/${from}/`) ? 1 : 2);
  return files.toSorted((a, b) => rank(a) - rank(b));
}

async function readGraph(root: string, environment: string): Promise<JourneyJson> {
  const known = readdirSync(join(root, 'synth')).filter((name) => existsSync(join(root, 'synth', name, 'journey.json')));
  if (!known.includes(environment)) {
    throw new CliError(exit.usage, { what: `There is no environment "${environment}".`, why: `synth/ has ${known.join(', ')}.`, fix: didYouMean(environment, known) ?? `Name one of them: --environment ${known[0] ?? 'dev'}.` });
  }
  const file = `synth/${environment}/journey.json`;
  try {
    return readJourney(await readFile(join(root, file), 'utf8'));
  } catch (error) {
    throw new CliError(exit.model, { what: `${file} cannot be read.`, why: error instanceof Error ? error.message : String(error), fix: 'Render it anew: `./journey synth`.' }, error);
  }
}
