import type { Journey } from './declared.ts';
import type { Fact } from './proposal.ts';

/** The releases and knobs in which two graphs of one environment differ. Sizes are not in a graph. */
export function factsBetween(environment: string, before: Journey, after: Journey): readonly Fact[] {
  return [
    ...differing(environment, 'release', releasesOf(before), releasesOf(after)),
    ...differing(environment, 'knob', knobsOf(before), knobsOf(after)),
  ];
}

type Values = ReadonlyMap<string, string>;
const releasesOf = (journey: Journey): Values => new Map(journey.nodes.flatMap(({ name, release }) => (release === undefined ? [] : [[name, release]])));
const knobsOf = (journey: Journey): Values => new Map(journey.knobs.map(({ name, value }) => [name, String(value)]));

function differing(environment: string, kind: 'release' | 'knob', before: Values, after: Values): readonly Fact[] {
  return [...after].flatMap(([name, to]) => {
    const from = before.get(name);
    return from === undefined || from === to ? [] : [{ environment, subject: `${kind}/${name}`, from, to }];
  });
}
