import type { Term } from '../domain/log-query.ts';
import type { Attributes } from '../domain/span.ts';
import type { Bounds } from './feed.ts';

/** A log line as it is shown. Ids grow in the order in which a source tells lines to who follows them: monitoring's own as they were written down, a foreign one's with their time. */
export interface Line {
  readonly id: number;
  /** Unix time in milliseconds, with a fraction. */
  readonly at: number;
  readonly service: string;
  readonly level: string;
  readonly message: string;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly attributes: Attributes;
}
/** Unix milliseconds; `to` is not part of it. */
export interface Range { readonly fromMs: number; readonly toMs: number }
export interface Counted { readonly fromMs: number; readonly toMs: number; readonly stepMs: number; readonly counts: readonly Count[] }
export interface Count { readonly at: number; readonly service: string; readonly level: string; readonly count: number }

/**
 * Where log lines are read: monitoring's own (log-store.ts), or an OpenSearch (opensearch.ts). Every method rejects with the Problem `unavailable` while that is
 * away, or when it took too long.
 */
export interface LogStore {
  /** Whose lines they are: an answer says it. */
  readonly source: 'own' | 'opensearch';
  /** Newest first. @param before the id of the line that they must be older than */
  find(terms: readonly Term[], range: Range, limit: number, before?: number): Promise<readonly Line[]>;
  /** In whole steps: `fromMs` and `toMs` of the answer say which. */
  count(terms: readonly Term[], range: Range, buckets: number): Promise<Counted>;
  /** Lines before and after one, in the order of time, with itself. @returns null when there is no such line */
  around(id: number, lines: number, all: boolean): Promise<readonly Line[] | null>;
  /** In the order of their ids: those after `after` up to and with `upTo`. */
  since(terms: readonly Term[], after: number, upTo: number, limit: number): Promise<readonly Line[]>;
  /** The id of the line that was written last; 0 without any. */
  newest(): Promise<number>;
  /** Of the first line that is still there, and of the last; a source that cannot say which is the first says 0. */
  bounds(): Promise<Bounds>;
  /** Unix milliseconds: nothing lies before it that is shown. */
  earliest(): Promise<number>;
  /** Who comes back to follow from an earlier id is told from this one on. */
  earliestTold(newest: number): number;
}
