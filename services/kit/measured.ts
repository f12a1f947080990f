import { context, trace, TraceFlags, type Tracer } from '@opentelemetry/api';
import type { Labels, MeasureName, Measures } from './measures.ts';
import { Problem } from './problem.ts';
import { currentTracer } from './telemetry.ts';
import { fieldOf } from './thrown.ts';

/** Whoever has a tracer has its measures: adapters need not be handed both. */
const byTracer = new WeakMap<Tracer, Measures>();

export function measureWith(tracer: Tracer, measures: Measures): void {
  byTracer.set(tracer, measures);
}

/** Counts one duration for the service whose request is being answered, or that the process runs. */
export function measure<N extends MeasureName>(name: N, labels: Labels<N>, seconds: number): void {
  byTracer.get(currentTracer())?.observe(name, labels, seconds, recordedTraceId());
}

/** Times `fn`, however it ends. @param labelsOf is told why it failed; `''` when it did not */
export async function measured<N extends MeasureName, T>(name: N, labelsOf: (failed: string) => Labels<N>, fn: () => Promise<T>): Promise<T> {
  const began = performance.now();
  let failed = '';
  try {
    return await fn();
  } catch (error) {
    failed = error instanceof Problem ? error.code : fieldOf(error, 'name') ?? 'unknown';
    throw error;
  } finally {
    measure(name, labelsOf(failed), (performance.now() - began) / 1000);
  }
}

/** Nobody could open a journey that is not recorded. */
function recordedTraceId(): string | undefined {
  const at = trace.getSpanContext(context.active());
  return at !== undefined && (at.traceFlags & TraceFlags.SAMPLED) !== 0 ? at.traceId : undefined;
}
