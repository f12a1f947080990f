import { beforeAll, expect, test } from '@jest/globals';
import { environmentFacts } from './environment.ts';
import { canonicalOf, type Canonical, type EnvironmentDiff } from './fact.ts';
import { differs, environmentsIn, knobsIn } from './place.ts';
import { textOf } from './text.ts';
import { environmentMutators } from './test/environment-mutators.ts';
import { real, rendered } from './test/model.ts';
import type { Mutation } from './test/mutation.ts';
import { mutators } from './test/mutators.ts';
import { randomOf, type Random } from './test/random.ts';
import { treeOf } from './tree.ts';

/** Another seed makes other changes; the same seed the same. */
const SEED = 20_261;
let before: ReadonlyMap<string, string>;
beforeAll(async () => void (before = await rendered(real)), 60_000);

async function diffTo({ model }: Mutation): Promise<readonly EnvironmentDiff[]> {
  const trees = { before: treeOf(before), after: treeOf(await rendered(model)) };
  const known = environmentsIn(trees);
  const knobOf = await knobsIn(trees);
  const names = known.filter((environment) => differs(trees, environment, known));
  return Promise.all(names.map((environment) => environmentFacts({ trees, environment, known, knobOf })));
}

const sorted = (facts: readonly Canonical[]): string[] => facts.map(({ environment, subject, from, to }) => `${environment} ${subject} ${from ?? '-'} → ${to ?? '-'}`).toSorted();

async function check(mutation: Mutation): Promise<void> {
  const environments = await diffTo(mutation);
  expect(sorted(canonicalOf({ environments }))).toEqual(sorted(mutation.facts));
  // What the facts are is what the summary says: one line each, and told once for all environments where it is the same.
  const text = textOf(environments);
  for (const { facts } of environments) for (const { said } of facts) expect(text.replaceAll('`', '')).toContain(said);
}

const kinds = Object.keys(mutators);

test('there are enough of them', () => expect(kinds.length).toBeGreaterThan(50));

test.each(kinds)('%s: the summary names exactly what the mutator wrote down', async (kind) => {
  const random = randomOf(SEED + kinds.indexOf(kind));
  // A change of one environment is quickly rendered: two of each.
  const found = (kind in environmentMutators ? [1, 2] : [1]).flatMap(() => mutate(kind, random) ?? []);
  expect(found.length).toBeGreaterThan(0);
  for (const mutation of found) await check(mutation);
}, 60_000);

/** Kinds that change one value and leave the rest of the model as it is: any two of them can be made at once. */
const SINGLE = kinds.filter((kind) => !/Gone$|^(?:provider|retargeted|portName|closed|opened|new\w+|domain|host|port|migration)$/.test(kind));

test('two and three changes at once are told apart', async () => {
  const random = randomOf(SEED);
  for (const size of [2, 2, 2, 2, 3, 3, 3, 4]) {
    const chosen = Array.from({ length: size }, () => random.pick(SINGLE));
    const made = [...new Set(chosen)].reduce<Mutation>((all, kind) => {
      const next = mutate(kind, random, all.model);
      return next ? { model: next.model, facts: [...all.facts, ...next.facts] } : all;
    }, { model: real, facts: [] });
    await check(made);
  }
}, 60_000);

function mutate(kind: string, random: Random, model = real): Mutation | undefined {
  for (let tries = 0; tries < 20; tries += 1) {
    const mutation = mutators[kind]?.(model, random);
    if (mutation) return mutation;
  }
  return undefined;
}
