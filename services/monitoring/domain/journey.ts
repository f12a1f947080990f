import type { Part } from './part.ts';
import { treeOf } from './tree.ts';
import type { Attributes, Dropped, LogLine, OpenSpan, Span } from './span.ts';

/** The answer of GET /v1/journeys/:traceId. */
export interface Journey {
  readonly traceId: string;
  /** Null: a part of it was left out, so that nobody can say. */
  readonly connected: boolean | null;
  /** Those that have ended. */
  readonly hops: readonly Hop[];
  /** Those that have begun, and of whose end nothing was heard; earlier ones first. Only of traces that are watched. */
  readonly open: readonly OpenHop[];
  readonly logs: readonly JourneyLine[];
  /** What there is and does not stand here, at least so many. */
  readonly omitted: { readonly spans: number; readonly logs: number };
}
export interface JourneyLine {
  readonly at: number;
  readonly service: string;
  readonly level: string;
  readonly message: string;
  readonly spanId: string | null;
  /** Of the error that the line is about, and of what caused it. */
  readonly stack?: string;
}
export interface Hop {
  readonly spanId: string;
  readonly parentId: string | null;
  readonly service: string;
  readonly name: string;
  readonly kind: Span['kind'];
  readonly startedAt: number;
  readonly durationMs: number;
  readonly status: 'ok' | 'error';
  readonly message?: string;
  readonly attributes: Span['attributes'];
  /** Only where there are any, as are links. */
  readonly events?: readonly HopEvent[];
  readonly links?: readonly HopLink[];
  /** How many attributes, events and links there were more. */
  readonly dropped?: Dropped;
}
export interface HopEvent {
  /** Since the hop began. Of a clock that was set back in between it is negative. */
  readonly offsetMs: number;
  readonly name: string;
  readonly attributes: Attributes;
}
export interface HopLink { readonly traceId: string; readonly spanId: string; readonly attributes: Attributes }

export type OpenHop = Omit<Hop, 'durationMs' | 'status' | 'message'>;

export function journeyOf(traceId: string, spans: Part<Span>, open: Part<OpenSpan>, logs: Part<LogLine>): Journey {
  const { nodes, connected } = treeOf(spans.found);
  // Of a part one thing alone is certain: a second root stays one, whatever is left out.
  const isTree = spans.omitted === 0 ? connected : nodes.filter(({ parentId }) => parentId === null).length > 1 ? false : null;
  return {
    traceId, connected: isTree, hops: nodes.map(hopOf),
    open: open.found.map(({ spanId, parentId, service, name, kind, startedNs, attributes, extras }) => ({ spanId, parentId, service, name, kind, startedAt: millis(BigInt(startedNs)), attributes, ...toldOf(startedNs, extras) })),
    logs: logs.found.map(lineOf), omitted: { spans: spans.omitted + open.omitted, logs: logs.omitted },
  };
}

function lineOf({ atNs, service, level, message, spanId, attributes }: LogLine): JourneyLine {
  // OpenTelemetry's conventions for exceptions in logs; the kit's lines follow them.
  const stack = attributes['exception.stacktrace'];
  return { at: millis(BigInt(atNs)), service, level, message, spanId, ...(typeof stack === 'string' && stack !== '' ? { stack } : {}) };
}

export function hopOf({ spanId, parentId, service, name, kind, startedNs, endedNs, isError, message, attributes, extras }: Span): Hop {
  return {
    spanId, parentId, service, name, kind,
    startedAt: millis(BigInt(startedNs)), durationMs: millis(BigInt(endedNs) - BigInt(startedNs)),
    status: isError ? 'error' : 'ok', ...(message === null ? {} : { message }), attributes, ...toldOf(startedNs, extras),
  };
}

function toldOf(startedNs: string, extras: Span['extras']): Pick<Hop, 'events' | 'links' | 'dropped'> {
  if (extras === undefined) return {};
  const { events, links, dropped } = extras;
  return {
    ...(events && { events: events.map(({ atNs, name, attributes }) => ({ offsetMs: millis(BigInt(atNs) - BigInt(startedNs)), name, attributes })) }),
    ...(links && { links: links.map(({ traceId, spanId, attributes }) => ({ traceId, spanId, attributes })) }), ...(dropped && { dropped }),
  };
}

/** Nanoseconds as milliseconds with a fraction; whole microseconds, since a double holds no more today. */
export function millis(nanos: bigint): number {
  return Number(nanos / 1000n) / 1000;
}
