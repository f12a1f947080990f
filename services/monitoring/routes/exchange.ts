import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { Importer } from '../adapters/importer.ts';
import type { Store } from '../adapters/journey-port.ts';
import type { Tally } from '../adapters/tally.ts';
import { jaegerOf } from '../domain/jaeger.ts';
import { logsOf } from '../domain/logs.ts';
import { otlpOf } from '../domain/otlp-json.ts';
import type { Most } from '../domain/part.ts';
import { spansOf } from '../domain/spans.ts';
import { timely } from '../domain/timely.ts';

/** A part of a journey that looks like the whole would be a lie: a larger one is refused. */
const MOST: Most = { count: 10_000, bytes: 8 * 1024 * 1024 };

/** GET /v1/journeys/:traceId/otlp. */
export function journeyOtlp(store: Store) {
  return async ({ params, query }: RouteRequest): Promise<Answer> => {
    const { spans, open, logs } = await wholeOf(store, params['traceId'] ?? '');
    return { status: 200, body: otlpOf(spans, open, query['logs'] === true ? logs : undefined) };
  };
}

/** GET /v1/jaeger/api/traces/:traceId. */
export function jaegerTrace(store: Store) {
  return async ({ params }: RouteRequest): Promise<Answer> => {
    const traceId = params['traceId'] ?? '';
    const { spans, logs } = await wholeOf(store, traceId);
    return { status: 200, body: jaegerOf(traceId, spans, logs) };
  };
}

/** POST /v1/journeys/import. */
export function importJourney(importer: Importer, tally: Pick<Tally, 'masked'>, retentionDays: number) {
  return async ({ body, person, traceId }: RouteRequest): Promise<Answer> => {
    const now = Date.now();
    const spans = timely(spansOf(body), ({ startedNs }) => startedNs, now, retentionDays);
    const lines = timely(logsOf(body), ({ atNs }) => atNs, now, retentionDays);
    const written = await importer.write(spans.kept, lines.kept, { person: person?.name ?? '', traceId });
    tally.masked('traces', spans.masked);
    tally.masked('logs', lines.masked);
    const traceIds = new Set([...spans.kept, ...lines.kept].flatMap((one) => one.traceId ?? []));
    return { status: 200, body: { traceIds: [...traceIds], ...written, refused: spans.refused + lines.refused, why: spans.why ?? lines.why } };
  };
}

async function wholeOf(store: Store, traceId: string) {
  const [spans, open, logs] = await Promise.all([store.spansOf(traceId, MOST), store.openSpansOf(traceId, MOST), store.logsOf(traceId, MOST)]);
  const omitted = spans.omitted + open.omitted + logs.omitted;
  if (spans.found.length + open.found.length + logs.found.length + omitted === 0) {
    throw problem('not_found', `No span of the trace ${traceId} is here.`, { fix: 'Spans arrive within a second and stay as long as GET /v1/telemetry says; check the id.' });
  }
  if (omitted > 0) throw problem('too_large', `The trace ${traceId} has more than ${MOST.count} spans or lines, or more than 8 MiB of them.`, { fix: 'Search its lines with GET /v1/logs/export?query=trace:<id>.' });
  return { spans: spans.found, open: open.found, logs: logs.found };
}
