import { join } from 'node:path';
import { jsonFile, type JsonFile } from '../../cli/runner/json-file.ts';

/** What is remembered of a planted incident: names of commits, to be looked at in git. What the incident is follows from the seed. */
export interface Planted {
  readonly seed: number;
  readonly bad: string;
  /** The newest commit that came with it. */
  readonly tip: string;
  readonly release?: string;
}

const commit = { type: 'string', pattern: '^[0-9a-f]{40}$' } as const;

/** @param root of the checkout */
export function plantedFile(root: string, seed: number): JsonFile<Planted> {
  return jsonFile<Planted>(join(root, '.journey', 'drills', `incident-${seed}.json`), {
    type: 'object', additionalProperties: false, required: ['seed', 'bad', 'tip'], properties: { seed: { const: seed }, bad: commit, tip: commit, release: commit },
  }, { fix: 'Remove it, and plant another one: `./journey drill incident --seed 2`.' });
}
