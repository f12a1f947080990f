import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { metricsOf, type SentPoint } from '../domain/otlp-metrics.ts';

/** POST /v1/metrics: points that cannot be kept are counted as OTLP's partial success. */
export function takeMetrics(intake: (points: readonly SentPoint[]) => number) {
  return ({ body }: RouteRequest): Promise<Answer> => {
    const { kept, refused, why } = metricsOf(body);
    const tooMany = intake(kept);
    const all = refused + tooMany;
    if (all === 0) return Promise.resolve({ status: 200, body: {} });
    return Promise.resolve({ status: 200, body: { partialSuccess: { rejectedDataPoints: String(all), errorMessage: `${all} refused; the first: ${why ?? 'there are too many series'}` } } });
  };
}
