import type { Place } from './place.ts';
import { runOf, wordsOf, type Ended } from './program.ts';
import type { Check } from './proposal.ts';
import { laptopsOf, missingPackage } from './render.ts';
import type { Tree } from './tree.ts';

const SHOWN = 20;

/** Runs the tree's own `check` over what was rendered. A finding hinders the merge and not the proposal, so it is an answer. */
export async function judge(place: Place, tree: Tree, environments: readonly string[], signal: AbortSignal): Promise<Check> {
  const laptops = await laptopsOf(place, tree, environments);
  const said: string[] = [];
  // Two runs: of a laptop's files a checkout without the packages for development can be the judge, too.
  for (const group of [laptops, environments.filter((name) => !laptops.includes(name))]) {
    if (group.length === 0) continue;
    const ended = await runOf(place, ['check', ...group.flatMap((name) => [`environments/releases/${name}.json`, `synth/${name}`]), '--json'], signal);
    if (ended.code === 0) continue;
    const missing = await missingPackage(place, tree, ended);
    said.push(...(missing === undefined ? findingsIn(place, ended) : [`${group.join(', ')}: not judged, since ${missing} is not installed here; run ./journey check once with a network`]));
  }
  return { name: 'check', passed: said.length === 0, said };
}

/** One line per finding; what the program said on its standard error when there are none. */
function findingsIn(place: Place, { code, out, err }: Ended): readonly string[] {
  const findings = out.split('\n').flatMap((line) => findingIn(line)).map((line) => wordsOf(place, line, 300));
  if (findings.length > SHOWN) return [...findings.slice(0, SHOWN), `and ${findings.length - SHOWN} more`];
  if (findings.length > 0) return findings;
  return [code === null ? 'it did not end by itself and was stopped' : wordsOf(place, err.slice(-600)) || `it ended with ${code} and said nothing`];
}

function findingIn(line: string): string[] {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'finding') return [];
    const text = (key: string): string => String(Object.entries(value).find(([name]) => name === key)?.[1] ?? '');
    return [`${text('rule')}  ${text('file')} ${text('path')}: ${text('what')}`];
  } catch {
    return [];
  }
}
