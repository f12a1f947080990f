import { millis } from './journey.ts';
import type { LogLine, Span } from './span.ts';

/** Which requests are looked for; what is absent is not asked. Times in Unix milliseconds. journey-list.ts asks the same of the database. */
export interface Asked {
  readonly service?: string;
  readonly route?: string;
  readonly status?: 'ok' | 'error';
  readonly traffic?: 'demo' | 'other';
  readonly minMs?: number;
  readonly maxMs?: number;
  readonly text?: string;
  readonly from?: number;
  readonly to?: number;
  /** `<ns>-<traceId>` of the last one of the page before. */
  readonly before?: string;
}
/** A request that `door` let in. */
export interface Entry {
  readonly traceId: string;
  readonly name: string;
  readonly startedNs: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly hops: number;
  readonly status: 'ok' | 'error';
  /** Sent to have something to see, and labelled so. */
  readonly demo: boolean;
}

/** The requests of one whole trace that fit. */
export function entriesOf(spans: readonly Span[], lines: readonly LogLine[], door: string, except: readonly string[], asked: Asked): readonly Entry[] {
  const ended = spans.reduce((last, { endedNs }) => (BigInt(endedNs) > last ? BigInt(endedNs) : last), 0n);
  const failed = spans.some(({ isError }) => isError);
  return spans.filter(({ service, kind, name }) => service === door && kind === 'server' && !except.includes(name)).map((span): Entry => ({
    traceId: span.traceId, name: span.name, startedNs: span.startedNs, startedAt: millis(BigInt(span.startedNs)), durationMs: millis(ended - BigInt(span.startedNs)), hops: spans.length,
    status: failed || wasRefused(span) ? 'error' : 'ok', demo: span.attributes['journey.traffic'] === 'demo',
  })).filter((entry) => fits(entry, spans, lines, asked));
}

function fits(entry: Entry, spans: readonly Span[], lines: readonly LogLine[], { service, route, status, traffic, minMs, maxMs, text, from, to, before }: Asked): boolean {
  const [ns, traceId = ''] = before?.split('-') ?? [];
  const started = BigInt(entry.startedNs);
  return (route === undefined || entry.name === route)
    && (service === undefined || spans.some((span) => span.service === service))
    && (status === undefined || entry.status === status)
    && (traffic === undefined || entry.demo === (traffic === 'demo'))
    && (minMs === undefined || entry.durationMs >= minMs) && (maxMs === undefined || entry.durationMs <= maxMs)
    && (from === undefined || entry.startedAt >= from) && (to === undefined || entry.startedAt < to)
    && (ns === undefined || started < BigInt(ns) || (started === BigInt(ns) && entry.traceId < traceId))
    && (text === undefined || spans.some(({ name, message, attributes }) => [name, message ?? '', JSON.stringify(attributes)].some((one) => one.includes(text))) || lines.some(({ message }) => message.includes(text)));
}

function wasRefused({ attributes }: Span): boolean {
  const status = attributes['http.response.status_code'];
  return typeof status === 'number' && status >= 400;
}
