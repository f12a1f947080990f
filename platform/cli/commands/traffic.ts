import { exit, type Command, type Io } from '../command.ts';
import { callerOf, signInOptions, textOf, wholeOf } from '../delivery/options.ts';
import { aligned } from '../delivery/table.ts';
import { drive } from '../traffic/drive.ts';
import { openTally, type TallyRow } from '../traffic/tally.ts';

export const command: Command = {
  name: 'traffic',
  about: 'Sends a steady mix of requests, labelled as demo traffic, so that every chart has something to show; it stops by itself.',
  example: './journey traffic --rate 5 --seconds 300',
  options: [
    { flags: '--rate <number>', about: 'requests a second, 1 to 50 (default: 2)' },
    { flags: '--seconds <number>', about: 'for how long, at most 3600 (default: 600)' }, ...signInOptions,
  ],
  async run(io, _args, options) {
    const perSecond = wholeOf(textOf(options, 'rate') ?? '2', '--rate', 50, 1);
    const seconds = wholeOf(textOf(options, 'seconds') ?? '600', '--seconds', 3600);
    const caller = await callerOf(io, options);
    const tally = openTally();
    const progress = io.progress(`demo traffic, ${perSecond} a second for ${seconds} s; ^C stops it`);
    await drive(caller, tally, { perSecond, seconds, each: (sent) => progress.update(`${sent} sent`) });
    progress.done();
    const rows = tally.rows();
    tell(io, rows);
    if (io.signal.aborted) return exit.interrupted;
    return rows.some(({ failed }) => failed > 0) ? exit.unhealthy : exit.ok;
  },
};

function tell(io: Io, rows: readonly TallyRow[]): void {
  if (io.json) return rows.forEach((row) => io.emit(row));
  const lines = rows.map(({ name, sent, failed, p50, p99, statuses }) => [
    { text: name, paint: io.style.bold }, `${sent} sent`, failed === 0 ? '' : `${failed} failed`, `p50 ${p50.toFixed(1)} ms`, `p99 ${p99.toFixed(1)} ms`,
    Object.entries(statuses).map(([status, count]) => `${status === '0' ? 'no answer' : status}: ${count}`).join(', '),
  ]);
  for (const line of aligned(lines)) io.print(line);
  return undefined;
}
