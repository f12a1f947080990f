import type { Answer, RouteRequest } from '../../kit/kit.ts';
import type { Intake } from '../adapters/metric-intake.ts';
import type { Tally } from '../adapters/tally.ts';
import { metricsOf } from '../domain/otlp-metrics.ts';
import { digestOf, takenAnswer } from './take.ts';

/** POST /v1/metrics: 200 after the commit, as for spans and lines; points that cannot be kept are counted as OTLP's partial success. */
export function takeMetrics(intake: Intake, tally: Tally) {
  return async ({ body }: RouteRequest): Promise<Answer> => {
    const { kept, refused, why, masked } = metricsOf(body);
    // Of the whole body: two exports may tell the same figures, but not at the same time.
    const digest = digestOf('metrics', body);
    let tooMany: number;
    try {
      tooMany = await intake.take(kept, digest);
    } catch (error) {
      tally.refused('metrics', intake.isFull(error) ? 'full' : 'unavailable', kept.length);
      throw error;
    }
    tally.kept('metrics', kept.length - tooMany);
    tally.masked('metrics', masked);
    tally.refused('metrics', 'ill_formed', refused);
    tally.refused('metrics', 'too_many', tooMany);
    return takenAnswer('rejectedDataPoints', refused + tooMany, why ?? 'there are too many series');
  };
}
