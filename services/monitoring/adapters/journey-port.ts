import type { Asked } from '../domain/journey-fit.ts';
import type { Most, Part } from '../domain/part.ts';
import type { LogLine, OpenSpan, Span } from '../domain/span.ts';

/** What the list shows of a request. */
export interface Summary {
  readonly traceId: string;
  readonly name: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly hops: number;
  readonly status: 'ok' | 'error';
  /** Sent to have something to see, and labelled so. */
  readonly demo: boolean;
}
export interface Wanted extends Asked { readonly limit: number }
export interface Page { readonly journeys: readonly Summary[]; readonly next: string | null }

/** Where journeys are read: monitoring's own (store.ts), or a Jaeger (jaeger.ts). Every method rejects with the Problem `unavailable` while that is away. */
export interface Store {
  /** Whose hops they are, and whose lines: an answer says it. */
  readonly sources: { readonly hops: 'own' | 'jaeger'; readonly logs: 'own' | 'opensearch' };
  /** The newest requests that `door` let in and that fit, without those called one of `except`; beside them, in our own store, what other programs began. */
  newest(door: string, except: readonly string[], wanted: Wanted): Promise<Page>;
  /** The first ones. @param most @default as much as a page shows */
  spansOf(traceId: string, most?: Most): Promise<Part<Span>>;
  /** What has begun and of whose end nothing was heard. */
  openSpansOf(traceId: string, most?: Most): Promise<Part<OpenSpan>>;
  logsOf(traceId: string, most?: Most): Promise<Part<LogLine>>;
}

const MIB = 1024 * 1024;
/** A trace may be made as large as somebody likes; what is shown of it is not. All three together pass where an answer may have 8 MiB (dashboard/api/forward.ts). */
export const SHOWN = {
  spans: { count: 10_000, bytes: 5.5 * MIB }, open: { count: 10_000, bytes: 0.5 * MIB }, logs: { count: 5000, bytes: 1.5 * MIB },
} as const satisfies Readonly<Record<string, Most>>;
