import type { Taken } from './span.ts';

/** Why a record is not kept. */
export type Reason = 'ill_formed' | 'too_old' | 'future' | 'full' | 'unavailable' | 'too_many';
/** As much may a sender's clock be ahead. */
export const AHEAD_MS = 300_000;
export const DAY_MS = 86_400_000;

export interface Timely<T> extends Taken<T> {
  /** How many were left out, by reason. */
  readonly left: Readonly<Partial<Record<Reason, number>>>;
}

/** Leaves out what is older than the retention, whose day may be gone at any moment, and what claims to come from the future. */
export function timely<T>({ kept, refused, why, masked }: Taken<T>, nanosOf: (one: T) => string, nowMs: number, retentionDays: number): Timely<T> {
  const oldest = BigInt(nowMs - retentionDays * DAY_MS) * 1_000_000n;
  const newest = BigInt(nowMs + AHEAD_MS) * 1_000_000n;
  const left = { ill_formed: refused, too_old: 0, future: 0 };
  const fit = kept.filter((one) => {
    const at = BigInt(nanosOf(one));
    if (at < oldest) left.too_old += 1;
    else if (at > newest) left.future += 1;
    else return true;
    return false;
  });
  const reasons = [
    ...why === null ? [] : [why],
    ...left.too_old === 0 ? [] : [`its time is older than the ${retentionDays} days that are kept`],
    ...left.future === 0 ? [] : ['its time is more than 5 minutes in the future: look at the clock of the sender'],
  ];
  return { kept: fit, refused: refused + left.too_old + left.future, why: reasons[0] ?? null, masked, left };
}

/** The day (UTC) of a time, as `20261128` is written by people: 2026-11-28. */
export function dayOf(nanos: string): string {
  return new Date(Number(BigInt(nanos) / 1_000_000n)).toISOString().slice(0, 10);
}
