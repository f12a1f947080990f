/**
 * Values that may be lost at any time. A cache that is away throws the Problem `unavailable` within about a second; whoever asked
 * decides whether to do without it. A value that was replaced or deleted, here or in another process, is not read any longer than
 * `STALE_MS` after that call has returned; in the process that changed it, not at all.
 */
export interface Cache {
  get<T>(key: string): Promise<T | undefined>;
  /** `value` is anything that JSON can hold, but not `undefined`. */
  set(key: string, value: unknown, options: { readonly ttlSeconds: number }): Promise<void>;
  delete(key: string): Promise<void>;
  /** Counts from 1; the time to live starts with the first count and is not prolonged. Exact across processes. */
  increment(key: string, options: { readonly ttlSeconds: number }): Promise<number>;
  ready(): Promise<void>;
  close(): Promise<void>;
}
export const STALE_MS = 1000;
