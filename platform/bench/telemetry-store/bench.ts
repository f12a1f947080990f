import { cpus, loadavg } from 'node:os';
import { openUpkeep } from '../../../services/monitoring/adapters/upkeep.ts';
import { exit, type Io } from '../../cli/command.ts';
import type { Bench } from '../bench.ts';
import { figureOf, isSteady, ratioOf } from '../statistics.ts';
import { Corpus, type Tally } from './corpus.ts';
import { ingest, type Ingest } from './ingest.ts';
import { questionsOf, type Question } from './queries.ts';
import { openSite, type Site } from './site.ts';

interface Result {
  readonly what: string;
  readonly unit: 'ms' | '×' | 's' | 'lines/s';
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly p99?: number;
  readonly runs: number;
  readonly target?: string;
  readonly verdict: 'met' | 'missed' | 'inconclusive' | 'told';
}

/** Log lines of seven days with spans among them: how fast they come in, and how fast questions are answered. */
export const bench: Bench = {
  async run(io, { quick }) {
    const [count, asks] = quick ? [50_000, 20] : [1_000_000, 1000];
    const load = loadavg()[0] ?? 0;
    const site = await openSite(io.root);
    try {
      const corpus = new Corpus(count, Date.now());
      let progress = io.progress(`${count} lines come in`);
      const came = await ingest(site, corpus, quick ? 2 : 9, quick ? 10_000 : 50_000);
      progress.done();
      const tally = corpus.tally();
      await assertRows(site, tally);
      progress = io.progress('closed days are indexed');
      const closing = performance.now();
      const { indexed } = await openUpkeep(site.keeping, site.database, site.kit.log, 8).round();
      // What autovacuum does within minutes of such a load, done at once.
      await site.sql('vacuum (analyze) spans, logs, log_counts');
      const seconds = (performance.now() - closing) / 1000;
      progress.done();
      const results: Result[] = [...ingestResults(came), { what: `index of trigrams for ${indexed.length} closed days`, unit: 's', ...figureOf([seconds]), verdict: 'told' }];
      const ask = await site.serve();
      for (const question of questionsOf(tally)) results.push(await asked(io, ask, question, asks));
      tell(io, results, { load, after: loadavg()[0] ?? 0, lines: tally.lines, spans: tally.spans, today: await today(site), bytes: Number((await site.sql(`select pg_database_size('journey') as bytes`))[0]?.['bytes']) });
      return results.every(({ verdict }) => verdict === 'met' || verdict === 'told') ? exit.ok : exit.failure;
    } finally {
      await site.close();
    }
  },
};

/** The tables against what the generator counted. @throws {Error} */
async function assertRows(site: Site, tally: Tally): Promise<void> {
  const [rows] = await site.sql('select (select count(*) from logs)::int as lines, (select count(*) from spans)::int as spans, (select sum(debug + info + warn + error) from log_counts where width = 3600)::int as counted');
  if (rows?.['lines'] !== tally.lines || rows['spans'] !== tally.spans || rows['counted'] !== tally.lines) throw new Error(`The tables hold ${JSON.stringify(rows)} where ${tally.lines} lines and ${tally.spans} spans were brought.`);
}

/** Lines of the day that has not ended: more of them the later it is. */
async function today(site: Site): Promise<number> {
  const [row] = await site.sql(`select count(*)::int as lines from logs where at_ns >= extract(epoch from date_trunc('day', now() at time zone 'UTC'))::bigint * 1000000000`);
  return Number(row?.['lines']);
}

function ingestResults({ ours, bare, control, heap, linesPerRound }: Ingest): Result[] {
  const [ratio, drift] = [ratioOf(bare, ours), ratioOf(control, ours)];
  return [
    { what: 'lines that come in', unit: 'lines/s', ...figureOf(ours.map((seconds) => linesPerRound / seconds)), verdict: 'told' },
    { what: 'bare COPY into an equal table', unit: 'lines/s', ...figureOf(bare.map((seconds) => linesPerRound / seconds)), verdict: 'told' },
    { what: 'bare COPY into one without an index', unit: 'lines/s', ...figureOf(heap.map((seconds) => linesPerRound / seconds)), verdict: 'told' },
    { what: 'control, us against us', unit: '×', ...drift, verdict: isSteady(drift) ? 'told' : 'inconclusive' },
    { what: 'ours against bare COPY', unit: '×', ...ratio, target: '≥ 0.7', verdict: isSteady(drift) ? (ratio.median >= 0.7 ? 'met' : 'missed') : 'inconclusive' },
  ];
}

/** One after the other; every answer is counted. The first tenth warms up. @throws {Error} when a count is wrong */
async function asked(io: Io, ask: (path: string) => Promise<unknown>, { what, target, next }: Question, asks: number): Promise<Result> {
  const progress = io.progress(what);
  const millis: number[] = [];
  for (let n = -asks / 10; n < asks; n += 1) {
    io.signal.throwIfAborted();
    const { path, expected, count } = next();
    const began = performance.now();
    const answer = await ask(path);
    const took = performance.now() - began;
    if (count(answer) !== expected) throw new Error(`${path} held ${count(answer)} where ${expected} were brought.`);
    if (n >= 0) millis.push(took);
  }
  progress.done();
  const p99 = millis.toSorted((a, b) => a - b)[Math.ceil(millis.length * 0.99) - 1] ?? Number.NaN;
  return { what, unit: 'ms', ...figureOf(millis), p99, target: `p99 ≤ ${target}`, verdict: p99 <= target ? 'met' : 'missed' };
}

interface Told { readonly load: number; readonly after: number; readonly lines: number; readonly spans: number; readonly today: number; readonly bytes: number }
function tell(io: Io, results: readonly Result[], told: Told): void {
  if (io.json) return io.emit({ bench: 'telemetry-store', node: process.version, cpus: cpus().length, ...told, results });
  io.print(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load ${told.load.toFixed(1)} before and ${told.after.toFixed(1)} after`);
  io.print(`${told.lines} lines and ${told.spans} spans over seven days, ${(told.bytes / 2 ** 20).toFixed(0)} MiB; each answer over HTTP, its rows counted`);
  io.print(`${told.today} of the lines are of today, whose texts have no index: a rare one is looked for in them line by line`);
  for (const { what, unit, median, min, max, p99, runs, target, verdict } of results) {
    const digits = unit === 'lines/s' ? 0 : unit === '×' ? 2 : 1;
    const shown = (value: number) => value.toFixed(digits);
    const end = verdict === 'told' ? '' : `; ${target ?? ''}: ${verdict === 'met' ? io.style.good('met') : io.style.bad(verdict)}`;
    io.print(`${what.padEnd(56)} ${shown(median)} ${unit} (${shown(min)} to ${shown(max)} in ${runs})${p99 === undefined ? '' : `, p99 ${shown(p99)}`}${end}`);
  }
}
