/** What came of each kind of request. */
export interface Tally {
  count(name: string, status: number, ms: number, good: boolean): void;
  rows(): readonly TallyRow[];
}
export interface TallyRow {
  readonly name: string;
  readonly sent: number;
  /** Answered otherwise than this kind should be, or not at all (status 0). */
  readonly failed: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
}

export function openTally(): Tally {
  const kept = new Map<string, { sent: number; failed: number; readonly times: number[]; readonly statuses: Record<string, number> }>();
  return {
    count(name, status, ms, good) {
      const one = kept.get(name) ?? { sent: 0, failed: 0, times: [], statuses: {} };
      kept.set(name, one);
      one.sent += 1;
      if (!good) one.failed += 1;
      one.times.push(ms);
      one.statuses[status] = (one.statuses[status] ?? 0) + 1;
    },
    rows: () => [...kept].map(([name, { sent, failed, times, statuses }]) => ({ name, sent, failed, ...figureOf(times), statuses })).toSorted((a, b) => b.sent - a.sent),
  };
}

/** By nearest rank; NaN of nothing. */
function figureOf(times: readonly number[]): { readonly p50: number; readonly p99: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
