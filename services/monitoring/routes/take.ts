import { createHash } from 'node:crypto';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import type { Batches } from '../adapters/batches.ts';
import type { Signal, Tally } from '../adapters/tally.ts';
import type { Sent } from '../adapters/fresh.ts';
import type { Taken } from '../domain/span.ts';
import { timely } from '../domain/timely.ts';

/** How one signal is taken. */
export interface Taking<T> {
  readonly signal: Signal;
  readonly read: (body: unknown) => Taken<T>;
  readonly nanosOf: (one: T) => string;
  readonly batches: Batches<Sent<T>>;
  /** The field of OTLP's partial success. */
  readonly refusedField: 'rejectedSpans' | 'rejectedLogRecords';
}

/**
 * Answers 200 only after the commit, so a sender that heard 200 may forget what it sent. Single records that cannot
 * be kept are counted as OTLP's partial success (OTLP 1.x, "Partial Success"): sending them again would not help.
 */
export function take<T>({ signal, read, nanosOf, batches, refusedField }: Taking<T>, tally: Tally, retentionDays: number) {
  return async ({ body }: RouteRequest): Promise<Answer> => {
    const { kept, refused, why, masked, left } = timely(read(body), nanosOf, Date.now(), retentionDays);
    try {
      await batches.add({ digest: digestOf(signal, kept), records: kept });
    } catch (error) {
      tally.refused(signal, batches.isFull(error) ? 'full' : 'unavailable', kept.length);
      throw error;
    }
    tally.kept(signal, kept.length);
    tally.masked(signal, masked);
    for (const reason of ['ill_formed', 'too_old', 'future'] as const) tally.refused(signal, reason, left[reason] ?? 0);
    return takenAnswer(refusedField, refused, why);
  };
}

/** Of what was read of a request, not of its bytes: in another encoding it is the same request. */
export function digestOf(signal: Signal, read: unknown): Buffer {
  return createHash('sha256').update(signal).update(JSON.stringify(read)).digest();
}

export function takenAnswer(refusedField: 'rejectedSpans' | 'rejectedLogRecords' | 'rejectedDataPoints', refused: number, why: string | null): Answer {
  return { status: 200, body: refused === 0 ? {} : { partialSuccess: { [refusedField]: String(refused), errorMessage: `${refused} refused; the first: ${why}` } } };
}
