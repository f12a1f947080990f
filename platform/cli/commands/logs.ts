import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { CliError, exit, type Command, type Io } from '../command.ts';
import { folderOf, type Folder } from '../runner/folder.ts';
import { linesFrom, sizeOf, tail } from '../runner/log-file.ts';
import { entryOf, pretty, type Entry } from '../runner/log-line.ts';

const LOOK_EVERY_MS = 200;

export const command: Command = {
  name: 'logs',
  arguments: '[service]',
  about: 'Shows the logs of one workload or of all.',
  example: './journey logs -f gateway',
  options: [
    { flags: '-f, --follow', about: 'go on with new lines until ^C' },
    { flags: '-n, --lines <count>', about: 'how many of the last lines (default: 100)' },
  ],
  async run(io, [service], options) {
    const folder = folderOf(io.root);
    const names = chosen(folder, service);
    const count = countOf(options['lines']);
    const offsets = new Map(names.map((name) => [name, sizeOf(folder.log(name))]));
    const wide = Math.max(...names.map((name) => name.length));
    const entries = names.flatMap((name) => tail(folder.log(name), count).map((line) => entryOf(name, line)));
    // Sorting is stable: lines without a time stay behind the one they follow.
    show(io, entries.toSorted((a, b) => a.at - b.at).slice(-count), wide);
    if (options['follow'] === true) await follow(io, folder, offsets, wide);
    return exit.ok;
  },
};

function chosen(folder: Folder, service: string | undefined): readonly string[] {
  const all = logsIn(folder);
  if (service !== undefined && all.includes(service)) return [service];
  if (service === undefined && all.length > 0) return all;
  throw new CliError(exit.usage, {
    what: service === undefined ? 'there are no logs yet' : `there is no log of "${service}"`,
    why: all.length === 0 ? 'nothing has run in this checkout' : `there are logs of ${all.join(', ')}`,
    fix: all.length === 0 ? 'Start everything: `./journey up`.' : 'Name one of those.',
  });
}

function logsIn(folder: Folder): string[] {
  try {
    return readdirSync(folder.logs).filter((name) => name.endsWith('.log')).map((name) => name.slice(0, -4)).toSorted();
  } catch {
    return [];
  }
}

function countOf(typed: string | boolean | undefined): number {
  const count = typed === undefined ? 100 : Number(typed);
  if (Number.isInteger(count) && count >= 0 && count <= 1_000_000) return count;
  throw new CliError(exit.usage, { what: `"${String(typed)}" is no number of lines`, why: '--lines takes a whole number from 0 to 1000000', fix: './journey logs --lines 500' });
}

async function follow(io: Io, folder: Folder, offsets: Map<string, number>, wide: number): Promise<void> {
  while (!io.signal.aborted) {
    for (const [name, offset] of offsets) {
      const { lines, next } = linesFrom(folder.log(name), offset);
      offsets.set(name, next);
      show(io, lines.map((line) => entryOf(name, line)), wide);
    }
    await wait(LOOK_EVERY_MS, undefined, { signal: io.signal }).catch(() => {});
  }
  throw io.signal.reason;
}

function show(io: Io, entries: readonly Entry[], wide: number): void {
  for (const entry of entries) {
    if (io.json) io.print(entry.json);
    else io.print(pretty(entry, io.style, wide));
  }
}
