import { SECONDS_IN_ALL } from '../../drills/drill.ts';
import { drills } from '../../drills/drills.ts';
import { CliError, exit, type Command, type Io } from '../command.ts';
import { didYouMean } from '../spelling.ts';

/** The one that is for whoever sits before this installation, and proves nothing. */
const INCIDENT = 'incident';

export const command: Command = {
  name: 'drill',
  arguments: '<name...>',
  about: 'Breaks a whole running site of its own on purpose and judges what its workloads answer: delivery, rollback, incidents, drift, kills, hostile, or all; `incident` breaks what runs here, for you to find out why.',
  example: './journey drill drift --seed 7',
  options: [
    { flags: '--seed <number>', about: 'which drill of its kind; the same seed is the same drill (default: 1)' },
    { flags: '--brief', about: 'fewer rounds: shows that the drill works' },
    { flags: '--grade', about: 'of an incident: is it gone? Asks git and the workloads' },
    { flags: '--give-up', about: 'of an incident: says which commit, line and hop it was, and takes it back' },
  ],
  async run(io, names, options) {
    const [name = ''] = names;
    const chosen = name === 'all' ? drills : drills.filter((one) => names.includes(one.name));
    const seed = Number(options['seed'] ?? '1');
    const other = name === 'all' || name === INCIDENT ? undefined : names.find((one) => !drills.some((known) => known.name === one));
    if (other !== undefined || names.length === 0) throw unknown(other ?? '');
    if (!Number.isInteger(seed) || seed < 0) throw new CliError(exit.usage, { what: `"${String(options['seed'])}" is no seed`, why: 'a seed is a whole number', fix: '--seed 1' });
    if (name === INCIDENT) return (await import('../../drills/incident/learn.ts')).learn(io, seed, options['giveUp'] === true ? 'give up' : options['grade'] === true ? 'grade' : 'plant');
    const opening = performance.now();
    const site = chosen.some((one) => 'load' in one) ? await (await import('../../drills/site.ts')).openSite(io.root, io.tell) : undefined;
    if (site) figure(io, 'site', SECONDS_IN_ALL, [since(opening)]);
    const total = { passed: 0, failed: 0 };
    const interrupted = new Promise<never>((_, reject) => { io.signal.addEventListener('abort', () => reject(io.signal.reason)); });
    interrupted.catch(() => {});
    try {
      for (const listed of chosen) {
        io.signal.throwIfAborted();
        io.tell(`${listed.name}: ${listed.about}`);
        const [figures, started] = [new Map<string, number[]>(), performance.now()];
        const check = (what: string, passed: boolean, seen = '') => {
          total[passed ? 'passed' : 'failed'] += 1;
          say(io, listed.name, what, passed, seen);
        };
        try {
          const at = { io, seed, brief: options['brief'] === true, check, figure: (key: string, value: number) => void figures.set(key, [...figures.get(key) ?? [], value]) };
          const running = 'loadAlone' in listed ? (await listed.loadAlone()).run(at) : site && (await listed.load()).run({ ...at, site });
          await Promise.race([running, interrupted]);
        } catch (error) {
          io.signal.throwIfAborted();
          check('the drill went to its end', false, error instanceof Error ? error.message : String(error));
          if (io.verbose && error instanceof Error) io.tell(error.stack ?? '');
        }
        for (const [key, values] of figures.set(SECONDS_IN_ALL, [since(started)])) figure(io, listed.name, key, values);
      }
    } finally {
      await site?.close();
    }
    if (io.json) io.emit(total);
    else io.print(`${total.passed} passed, ${total.failed} failed, 0 skipped`);
    return total.failed === 0 && total.passed > 0 ? exit.ok : exit.failure;
  },
};

const since = (started: number): number => (performance.now() - started) / 1000;

function say(io: Io, drill: string, what: string, passed: boolean, seen: string): void {
  if (io.json) io.emit({ drill, what, passed, seen });
  else io.print(`${passed ? io.style.good('✓') : io.style.bad('✗')} ${drill}  ${what}${seen === '' ? '' : io.style.dim(`  (${seen})`)}`);
}

function figure(io: Io, drill: string, name: string, values: readonly number[]): void {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, median, most] = [sorted[0] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0, sorted.at(-1) ?? 0];
  if (io.json) io.emit({ drill, figure: name, median, least, most, count: values.length });
  else io.print(io.style.dim(`  ${drill}  ${name}: ${median.toFixed(1)} (${least.toFixed(1)} to ${most.toFixed(1)} in ${values.length})`));
}

function unknown(name: string): CliError {
  const known = [...drills.map((one) => one.name), INCIDENT, 'all'];
  return new CliError(exit.usage, {
    what: `There is no drill "${name}".`, why: `There is: ${drills.map((one) => `${one.name} (${one.about})`).join(', ')}, ${INCIDENT} (in what runs here) and all.`, fix: didYouMean(name, known) ?? `./journey drill ${known[0] ?? ''}`,
  });
}
