import { SECONDS_IN_ALL } from '../../drills/drill.ts';
import { drills as listed } from '../../drills/drills.ts';
import { alone } from './alone.ts';
import { output } from './output.ts';
import { slowest } from './slowest.ts';
import { lines, type Result, type Step } from './step.ts';

/** Every drill of a whole running site, with one seed and few rounds; the long runs have `./journey drill <name> --seed N`. Those that need no site are unit tests as well. */
export const drills: Step = {
  name: 'drills',
  about: 'each drill of a whole running site, briefly',
  async run(where) {
    const { code, text } = await output(where, [...alone(), './journey', 'drill', ...listed.filter((one) => 'load' in one).map(({ name }) => name), '--brief', '--seed', '1'], { withinS: 1200 });
    return drilled(code, text);
  },
};

/** Reads the closing line of `./journey drill`; a drill that did not come to it is a failure. */
export function drilled(code: number, text: string): Result {
  const all = lines(text);
  const [, passed, failed, skipped] = /^(\d+) passed, (\d+) failed, (\d+) skipped$/.exec(all.at(-1) ?? '')?.map(Number) ?? [];
  if (passed === undefined || failed === undefined || skipped === undefined || (code !== 0 && failed === 0)) {
    return { passed: 0, failed: 1, skipped: 0, details: [`./journey drill ended with ${code}:`, ...all.slice(-40)] };
  }
  const figures = all.filter((line) => /^✗ | {2}\S+ {2}.* in \d+\)$/.test(line));
  return { passed, failed, skipped, details: [...figures.filter((line) => !IN_ALL.test(line)), ...slowestDrills(all)] };
}

const IN_ALL = new RegExp(`^  (\\S.*?)  ${SECONDS_IN_ALL}: ([\\d.]+) `);
export function slowestDrills(all: readonly string[]): string[] {
  return slowest(all.flatMap((line) => {
    const [, what, seconds] = IN_ALL.exec(line) ?? [];
    return what === undefined ? [] : [{ what, seconds: Number(seconds) }];
  }));
}
