import { audit } from '../../kit/adapters/audit.ts';
import type { Database } from '../../kit/adapters/postgres.ts';
import { countsOf } from '../domain/log-counts.ts';
import { hasEnded, type LogLine, type SentSpan } from '../domain/span.ts';
import { openDays } from './days.ts';
import { ADD_COUNTS, INSERT_NEW_LOGS, INSERT_OPEN, INSERT_SPANS, logRow, openRow, spanRow } from './writer.sql.ts';

/** Writes journeys that a person brings. */
export interface Importer {
  /** What is there stays. With its audit record, in one transaction. @returns how many were new */
  write(spans: readonly SentSpan[], lines: readonly LogLine[], by: { readonly person: string; readonly traceId: string }): Promise<{ readonly spans: number; readonly lines: number }>;
}

export function openImporter(database: Database): Importer {
  const days = openDays(database);
  return {
    async write(spans, lines, { person, traceId }) {
      await days.ensure([...spans.map(({ startedNs }) => startedNs), ...lines.map(({ atNs }) => atNs)]);
      return database.transaction(async (sql) => {
        await sql.query(`select pg_advisory_xact_lock(hashtext('monitoring.spans'))`);
        const ended = await sql.query(`${INSERT_SPANS} returning 1`, [JSON.stringify(spans.filter(hasEnded).map(spanRow))]);
        const open = await sql.query(`${INSERT_OPEN} returning 1`, [JSON.stringify(spans.filter((span) => !hasEnded(span)).map(openRow))]);
        // After the spans, as the writer has it: two that wait for each other's lock would both fail.
        await sql.query(`select pg_advisory_xact_lock(hashtext('monitoring.logs'))`);
        const fresh = await sql.query<Pick<LogLine, 'atNs' | 'service' | 'level'>>(INSERT_NEW_LOGS, [JSON.stringify(lines.map(logRow))]);
        await sql.query(ADD_COUNTS, [JSON.stringify(countsOf(fresh, Date.now()))]);
        const counts = { spans: ended.length + open.length, lines: fresh.length };
        const traceIds = [...new Set([...spans, ...lines].flatMap((one) => one.traceId ?? []))];
        await audit(sql, { person, action: 'monitoring.importJourney', subject: traceIds.length === 1 ? traceIds[0] ?? '' : `${traceIds.length} journeys`, detail: { ...counts, traceIds: traceIds.slice(0, 100) }, traceId });
        return counts;
      });
    },
  };
}
