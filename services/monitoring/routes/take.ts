import type { Answer, RouteRequest } from '../../kit/kit.ts';
import type { Batches } from '../adapters/batches.ts';
import type { Taken } from '../domain/span.ts';

/**
 * Answers 200 only after the commit, so a sender that heard 200 may forget what it sent. Single records that cannot
 * be kept are counted as OTLP's partial success (OTLP 1.x, "Partial Success"): sending them again would not help.
 */
export function take<T>(read: (body: unknown) => Taken<T>, batches: Batches<T>, refusedField: 'rejectedSpans' | 'rejectedLogRecords') {
  return async ({ body }: RouteRequest): Promise<Answer> => {
    const { kept, refused, why } = read(body);
    await batches.add(kept);
    if (refused === 0) return { status: 200, body: {} };
    return { status: 200, body: { partialSuccess: { [refusedField]: String(refused), errorMessage: `${refused} refused; the first: ${why}` } } };
  };
}
