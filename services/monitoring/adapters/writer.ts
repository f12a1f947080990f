import { codeOf } from '../../kit/adapters/error.ts';
import { isDuplicate } from '../../kit/adapters/postgres-error.ts';
import type { Database, Transaction } from '../../kit/adapters/postgres.ts';
import { countsOf } from '../domain/log-counts.ts';
import { hasEnded, type LogLine, type SentSpan } from '../domain/span.ts';
import { chunksOf, COPY_LOGS, COPY_OPEN, COPY_SPANS, logText, openText, spanText } from './copy-text.ts';
import { openDays } from './days.ts';
import { fresh, type Sent } from './fresh.ts';
import { ADD_COUNTS, INSERT_OPEN, INSERT_SPANS, openRow, spanRow } from './writer.sql.ts';

/** Both resolve after the commit. What came before, as a whole or in parts, is not written again. */
export interface Writer {
  spans(sent: readonly Sent<SentSpan>[]): Promise<void>;
  logs(sent: readonly Sent<LogLine>[]): Promise<void>;
}

export function openWriter(database: Database): Writer {
  const days = openDays(database);

  /** @param write is asked again, with rows one by one, when some of them are there already */
  async function write<T>(sent: readonly Sent<T>[], nanosOf: (one: T) => string, into: (sql: Transaction, records: readonly T[], byRow: boolean) => Promise<void>): Promise<void> {
    const attempt = async (byRow: boolean) => {
      await days.ensure(function* times() { for (const { records } of sent) for (const one of records) yield nanosOf(one); }());
      await database.transaction(async (sql) => {
        const records = (await fresh(sql, sent)).flatMap((one) => one.records);
        if (records.length > 0) await into(sql, records, byRow);
      });
    };
    try {
      await attempt(false);
    } catch (error) {
      if (isDuplicate(error)) return await attempt(true);
      // 23514: no partition takes the row; its day was there and has been dropped meanwhile.
      if (codeOf(error) !== '23514') throw error;
      days.forget();
      await attempt(true);
    }
    return undefined;
  }

  return {
    spans: (sent) => write(sent, ({ startedNs }) => startedNs, async (sql, records, byRow) => {
      const ended = records.filter(hasEnded);
      const open = records.filter((span) => !hasEnded(span));
      // As for lines, below: places are committed in their order.
      if (ended.length > 0) await sql.query(`select pg_advisory_xact_lock(hashtext('monitoring.spans'))`);
      if (byRow) {
        if (ended.length > 0) await sql.query(INSERT_SPANS, [JSON.stringify(ended.map(spanRow))]);
        if (open.length > 0) await sql.query(INSERT_OPEN, [JSON.stringify(open.map(openRow))]);
      } else {
        if (ended.length > 0) await sql.copy(COPY_SPANS, chunksOf(ended, spanText));
        if (open.length > 0) await sql.copy(COPY_OPEN, chunksOf(open, openText));
      }
    }),
    logs: (sent) => write(sent, ({ atNs }) => atNs, async (sql, records) => {
      // One writer at a time, of all processes: ids are then committed in their order, and who follows them misses none.
      await sql.query(`select pg_advisory_xact_lock(hashtext('monitoring.logs'))`);
      await sql.copy(COPY_LOGS, chunksOf(records, logText));
      await sql.query(ADD_COUNTS, [JSON.stringify(countsOf(records, Date.now()))]);
    }),
  };
}
