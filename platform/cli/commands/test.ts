import { exit, type Command, type Io, type Progress } from '../command.ts';
import { besideEachOther, groupsOf } from '../green/beside.ts';
import { SLOWEST } from '../green/slowest.ts';
import type { Result, Step } from '../green/step.ts';
import { steps } from '../green/steps.ts';
import { didYouMean } from '../spelling.ts';

export const command: Command = {
  name: 'test',
  arguments: '[step...]',
  about: 'Everything that green means: types, lint, import rules, tests, coverage, synth --check, check, end to end, drills.',
  example: './journey test lint "import rules"',
  options: [
    { flags: '--no-skip', about: 'a test that cannot run here (no Redis, RabbitMQ or Chromium) fails instead of being skipped' },
    { flags: '--list', about: 'name the steps and stop' },
  ],
  async run(io, wanted, options) {
    const unknown = wanted.filter((w) => !steps.some((s) => s.name === w));
    if (unknown.length > 0) {
      const meant = unknown.map((word) => didYouMean(word, steps.map((step) => step.name))).find((hint) => hint !== undefined);
      io.tell(`No step "${unknown.join('", "')}".${meant === undefined ? '' : ` ${meant}`} Steps: ${steps.map((s) => s.name).join(', ')}.`);
      return exit.usage;
    }
    const chosen = wanted.length === 0 ? steps : steps.filter((s) => wanted.includes(s.name));
    if (options['list'] === true) {
      for (const s of chosen) io.print(`${s.name.padEnd(22)} ${s.about}`);
      return exit.ok;
    }
    return await runAll(io, chosen, options['skip'] === false || process.env['JOURNEY_NO_SKIP'] === '1');
  },
};

/** Runs the steps, tells each result in their order, then once more what failed, and prints the sum as the last line. */
export async function runAll(io: Io, chosen: readonly Step[], noSkip: boolean) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const red: string[] = [];
  for (const group of groupsOf(chosen)) {
    io.signal.throwIfAborted();
    let shown: Progress | undefined;
    const running = besideEachOther(group, async (step) => {
      const started = performance.now();
      const result = await step.run({ root: io.root, noSkip, signal: io.signal, update: (text) => shown?.update(text) });
      return { result, seconds: (performance.now() - started) / 1000 };
    });
    for (const { one: step, comesTo } of running) {
      shown = io.progress(`${step.name}: ${step.about}`);
      const { result, seconds } = await comesTo;
      total.passed += result.passed;
      total.failed += result.failed;
      total.skipped += result.skipped;
      const said = `${step.name.padEnd(22)} ${countsOf(result)}  ${seconds.toFixed(1)} s`;
      if (result.failed > 0) {
        shown.fail(said);
        red.push(`${step.name}:`, ...shortened(result.details));
      } else shown.done(said);
      for (const line of result.details) io.tell(`    ${line}`);
      if (io.json) io.emit({ step: step.name, ...result });
    }
  }
  if (red.length > 0) io.tell('What failed, once more:');
  for (const line of red) io.tell(`    ${line}`);
  if (!io.json) io.print(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed > 0 || total.passed === 0 ? exit.failure : exit.ok;
}

const [MOST_LINES, LINES_EACH] = [60, 6];
/** Enough to know what failed when only the end of a long run is at hand. */
const shortened = (details: readonly string[]): string[] => details.filter((line) => !line.startsWith('measured: ') && !line.startsWith(SLOWEST)).flatMap((line) => line.split('\n').slice(0, LINES_EACH)).slice(0, MOST_LINES).map((line) => `  ${line}`);
const countsOf = (r: Result): string => `${r.passed} passed, ${r.failed} failed, ${r.skipped} skipped`;
