import { ParentBasedSampler, SamplingDecision, TraceIdRatioBasedSampler, type Sampler } from '@opentelemetry/sdk-trace';
import { isWatched } from './watched.ts';

/**
 * Which traces are recorded. Whoever begins one decides for all that follow (W3C Trace Context, the flag `sampled`): those that
 * somebody watches always, of the others this share, chosen by the trace id.
 * @throws {RangeError} for a share that is none
 */
export function samplerOf(share: number): Sampler {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`TRACE_SHARE is a share of all requests: 0 to 1, not ${share}.`);
  const usual = new TraceIdRatioBasedSampler(share);
  const root: Sampler = {
    shouldSample: (context, traceId) => (isWatched(traceId) ? { decision: SamplingDecision.RECORD_AND_SAMPLED } : usual.shouldSample(context, traceId)),
    toString: () => `watched, and ${share} of the others`,
  };
  return new ParentBasedSampler({ root });
}
