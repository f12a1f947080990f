/** A range as it is asked for, in unix seconds. */
export interface Range { readonly from: number; readonly to: number; readonly step: number | null }

const DEFAULT_SECONDS = 300;
const LONGEST_SECONDS = 70 * 86_400;
/** Values of one series at most. */
const VALUES = 300;

/** Of a query that fits the schema. Never past now, never longer than anything is kept. @returns what is wrong with it, as a text */
export function rangeOf(query: Readonly<Record<string, unknown>>, nowMs = Date.now()): Range | string {
  const now = Math.floor(nowMs / 1000) + 1;
  const to = Math.min(now, secondsOf(query['to']) ?? now);
  const from = secondsOf(query['from']) ?? to - DEFAULT_SECONDS;
  if (from >= to) return '"from" is not before "to", or not before now.';
  if (to - from > LONGEST_SECONDS) return 'The range is longer than the 70 days that anything is kept.';
  return { from, to, step: typeof query['step'] === 'number' ? query['step'] : null };
}

function secondsOf(value: unknown): number | null {
  return typeof value === 'number' ? Math.floor(value / 1000) : null;
}

/** A multiple of the resolution that makes at most some hundred values. */
export function stepOf({ from, to, step }: Range, resolution: number): number {
  const least = Math.max(step ?? 1, Math.ceil((to - from) / VALUES), resolution);
  return Math.ceil(least / resolution) * resolution;
}
