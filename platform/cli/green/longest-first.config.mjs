import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Files of tests that take a minute and more, since they start hundreds of processes. A fresh clone knows no durations, so Jest goes by size, and
 * two of these are its smallest: they ran last and alone. Early they have both workers beside them, and a worker that is still small, from
 * which a process starts in a tenth of the time. An order and nothing else: what is not named here runs after.
 */
const longest = [
  'platform/cli/test/hostile-proposals.test.ts', 'services/deployment/adapters/forge-github.test.ts', 'services/deployment/loop.test.ts', 'platform/cli/test/mutation.test.ts',
  'services/monitoring/killed-figures.test.ts', 'services/deployment/killed.test.ts', 'services/monitoring/killed.test.ts', 'services/deployment/adapters/forge-local.test.ts',
];

// Jest's own order is a package of Jest's, which is found from there.
const { default: Sequencer } = createRequire(createRequire(createRequire(import.meta.url).resolve('jest')).resolve('@jest/core'))('@jest/test-sequencer');

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const places = new Map(longest.map((path, place) => [path, place]));
    const placeOf = ({ path, context }) => places.get(path.slice(context.config.rootDir.length + 1)) ?? longest.length;
    for (const { context } of tests.slice(0, 1)) for (const path of longest) if (!existsSync(join(context.config.rootDir, path))) throw new Error(`longest-first.config.mjs names ${path}, which is not there.`);
    // Stable: among the others Jest's own order stays.
    return super.sort(tests).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
