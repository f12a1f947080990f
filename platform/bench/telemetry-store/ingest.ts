import { createHash } from 'node:crypto';
import { chunksOf, COPY_LOGS, logText } from '../../../services/monitoring/adapters/copy-text.ts';
import type { Sent } from '../../../services/monitoring/adapters/fresh.ts';
import { openWriter } from '../../../services/monitoring/adapters/writer.ts';
import type { LogLine } from '../../../services/monitoring/domain/span.ts';
import type { Corpus } from './corpus.ts';
import type { Site } from './site.ts';

export interface Ingest {
  /** Seconds of each round, for as many lines. */
  readonly ours: readonly number[];
  readonly bare: readonly number[];
  /** Ours again. */
  readonly control: readonly number[];
  /** Into a table without an index. */
  readonly heap: readonly number[];
  readonly linesPerRound: number;
}
/** Records of one write, as the service groups what many senders bring. */
const GROUP = 5000;
const REQUEST = 500;

/**
 * Fills the store and measures it on the way, in turn: ours (digests, text, COPY, counts, commit per 5,000), COPY of ready text of as many other
 * lines into an equal table (same days, same indexes, same commits), ours again. What the bare side got is thrown away.
 */
export async function ingest(site: Site, corpus: Corpus, rounds: number, linesPerRound: number): Promise<Ingest> {
  const writer = openWriter(site.database);
  const result = { ours: [] as number[], bare: [] as number[], control: [] as number[], heap: [] as number[] };
  const ours = async (lines: readonly LogLine[]) => timed(async () => {
    for (const group of pieces(lines, GROUP)) await writer.logs(pieces(group, REQUEST).map(sentOf));
  });
  const bare = async (table: string, lines: readonly LogLine[]) => {
    const groups = pieces(lines, GROUP).map((group) => [...chunksOf(group, logText)]);
    const statement = COPY_LOGS.replace('copy logs', `copy ${table}`);
    return timed(async () => {
      for (const chunks of groups) await site.database.transaction((sql) => sql.copy(statement, chunks));
    });
  };
  await site.sql(EQUAL);
  for (let round = 0; round < rounds; round += 1) {
    const next = async () => {
      const { lines, spans } = corpus.next(linesPerRound);
      for (const group of pieces(spans, GROUP)) await writer.spans([{ digest: digestOf(group), records: group }]);
      return lines;
    };
    const [first, second] = [await next(), await next()];
    result.ours.push(await ours(first));
    result.bare.push(await bare('bare_logs', first));
    result.heap.push(await bare('heap_logs', first));
    result.control.push(await ours(second));
    await site.sql('truncate bare_logs, heap_logs');
  }
  for (let rest = corpus.next(linesPerRound); rest.lines.length > 0; rest = corpus.next(linesPerRound)) {
    for (const group of pieces(rest.spans, GROUP)) await writer.spans([{ digest: digestOf(group), records: group }]);
    await ours(rest.lines);
  }
  await site.sql('drop table bare_logs, heap_logs');
  return { ...result, linesPerRound };
}

const sentOf = (records: readonly LogLine[]): Sent<LogLine> => ({ digest: digestOf(records), records });
const digestOf = (records: readonly unknown[]): Buffer => createHash('sha256').update(JSON.stringify(records)).digest();

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

function pieces<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

/** The same table with the same days, for the bare side; and one without any index. */
const EQUAL = `
create table bare_logs (like logs including all) partition by range (at_ns);
create table heap_logs (like logs including defaults including identity) partition by range (at_ns);
do $$ declare day date; low bigint; begin
  for day in select generate_series(current_date - 9, current_date + 1, interval '1 day') loop
    low := extract(epoch from day)::bigint * 1000000000;
    execute format('create table %I partition of bare_logs for values from (%s) to (%s)', 'bare_logs_' || to_char(day, 'YYYYMMDD'), low, low + 86400000000000);
    execute format('create table %I partition of heap_logs for values from (%s) to (%s)', 'heap_logs_' || to_char(day, 'YYYYMMDD'), low, low + 86400000000000);
  end loop;
  execute 'grant all on all tables in schema telemetry to telemetry';
  execute 'grant all on all sequences in schema telemetry to telemetry';
end $$`;
