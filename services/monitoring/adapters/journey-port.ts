import type { Asked } from '../domain/journey-fit.ts';
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
  /** The newest requests that `door` let in and that fit, without those called one of `except`. */
  newest(door: string, except: readonly string[], wanted: Wanted): Promise<Page>;
  /** @param most @default as many as a page shows */
  spansOf(traceId: string, most?: number): Promise<readonly Span[]>;
  /** What has begun and of whose end nothing was heard. */
  openSpansOf(traceId: string, most?: number): Promise<readonly OpenSpan[]>;
  logsOf(traceId: string, most?: number): Promise<readonly LogLine[]>;
}

/** A trace may be made as large as somebody likes; what is shown of it is not. */
export const SHOWN = { spans: 2000, logs: 1000 } as const;
