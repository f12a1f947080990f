import { CliError, exit } from '../command.ts';
import { didYouMean } from '../spelling.ts';
import { readJourney } from '../../targets/graph/journey-json.ts';
import { ModelError } from '../../model/index.ts';
import { editPromotion } from './edit/promotion.ts';
import { editRelease } from './edit/release.ts';
import { factsOf, releaseValues } from './facts.ts';
import type { Made } from './made.ts';
import type { Making } from './making.ts';
import type { Change, KnobChange, PromotionChange, ReleaseChange, ScaleChange } from './proposal.ts';
import { judgeRevision } from './revision.ts';
import { makeRollback } from './rollback.ts';
import { textIn, treeWith, writeText } from './tree.ts';

/** Makes the change in the repository's objects. @throws {CliError} exit 2 when it cannot be made, exit 3 when the base is wrong */
export function make(making: Making, change: Change): Promise<Made> {
  switch (change.kind) {
    case 'release': return makeRelease(making, change);
    case 'promotion': return makePromotion(making, change);
    case 'knob': case 'scale': return makeModel(making, change);
    case 'rollback': return makeRollback(making, change);
  }
}

const releasePath = (environment: string) => `environments/releases/${environment}.json`;
const modelPath = (environment: string) => `environments/${environment}.ts`;

async function makeRelease(making: Making, change: ReleaseChange): Promise<Made> {
  const { environment, workload, release } = change;
  const before = await needed(making, environment, releasePath(environment));
  const after = editRelease(before, change);
  const checks = after === before || !/^[0-9a-f]{40}$/.test(release) ? [] : [await judgeRevision(making, environment, workload, release)];
  return made(making, environment, releasePath(environment), [before, after], factsOf(environment, releaseValues(environment, before), releaseValues(environment, after)), checks);
}

async function makePromotion(making: Making, change: PromotionChange): Promise<Made> {
  const { from, to } = change;
  const texts = { from: await needed(making, from, releasePath(from)), to: await needed(making, to, releasePath(to)) };
  const graph = await needed(making, to, `synth/${to}/journey.json`, 4_194_304);
  const after = editPromotion({ ...texts, after: deliveryOf(to, graph).after }, change);
  return made(making, to, releasePath(to), [texts.to, after], factsOf(to, releaseValues(to, texts.to), releaseValues(to, after)));
}

function deliveryOf(environment: string, graph: string) {
  try {
    return readJourney(graph).delivery;
  } catch (error) {
    throw new ModelError(`synth/${environment}/journey.json`, error instanceof Error ? error.message.slice(0, 300) : 'it cannot be read', 'Run ./journey synth and commit what it changes.');
  }
}

/** TypeScript's parser takes half a second to load: only what changes a `.ts` file waits for it. */
async function makeModel(making: Making, change: KnobChange | ScaleChange): Promise<Made> {
  const { environment } = change;
  const before = await needed(making, environment, modelPath(environment));
  const [{ editKnob }, { editScale }, { environmentValues }] = await Promise.all([import('./edit/knob.ts'), import('./edit/scale.ts'), import('./model-facts.ts')]);
  const after = change.kind === 'knob' ? editKnob(before, await needed(making, environment, 'platform/knobs.ts'), change) : editScale(before, change);
  return made(making, environment, modelPath(environment), [before, after], factsOf(environment, environmentValues(environment, before), environmentValues(environment, after)));
}

async function made({ place, base }: Making, environment: string, path: string, [before, after]: readonly [string, string], facts: Made['facts'], checks: Made['checks'] = []): Promise<Made> {
  if (before === after) return { tree: base, facts, environments: [], checks };
  return { tree: await treeWith(place, base, new Map([[path, await writeText(place, after)]])), facts, environments: [environment], checks };
}

/** @throws {CliError} exit 2 when the base does not have the environment */
async function needed({ place, base }: Making, environment: string, path: string, maxBytes?: number): Promise<string> {
  const text = await textIn(place, base, path, maxBytes);
  if (text !== undefined) return text;
  const known = [...base.entries.keys()].flatMap((one) => /^environments\/releases\/([a-z0-9-]+)\.json$/.exec(one)?.[1] ?? []);
  if (known.includes(environment)) throw new ModelError(path, 'it is not there', 'Bring it back from git, or run ./journey synth.');
  throw new CliError(exit.usage, { what: `There is no environment "${environment}".`, why: `The commit has ${known.join(', ') || 'none'}.`, fix: didYouMean(environment, known) ?? 'Name one of them.' });
}
