import { readReleases } from './edit/release-file.ts';
import type { Fact } from './proposal.ts';

/** What a value is called where it is not there at all. */
export const ABSENT = 'absent';
export type Values = ReadonlyMap<string, string>;

/** What one environment's release file says, by subject. Undefined: there is no such file. */
export function releaseValues(environment: string, text: string | undefined): Values {
  if (text === undefined) return new Map();
  return new Map([...readReleases(environment, text).entries].map(([workload, entry]) => [`release/${workload}`, entry['revision'] ?? entry['image'] ?? ABSENT]));
}

/** Every value that differs, in the order in which it is written down. */
export function factsOf(environment: string, before: Values, after: Values): readonly Fact[] {
  const subjects = [...new Set([...before.keys(), ...after.keys()])];
  return subjects.flatMap((subject): Fact[] => {
    const [from, to] = [before.get(subject) ?? ABSENT, after.get(subject) ?? ABSENT];
    return from === to ? [] : [{ environment, subject, from, to }];
  });
}
