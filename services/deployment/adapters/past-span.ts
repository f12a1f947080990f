import { SpanKind, trace, type Attributes } from '@opentelemetry/api';
import type { Kit } from '../../kit/kit.ts';

export interface PastSpan {
  readonly name: string;
  /** W3C traceparent. */
  readonly parent: string | undefined;
  /** Unix times in milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly attributes?: Attributes;
}

/**
 * A hop that is known only afterwards: what a child process measured, or a wait over which this process may have been
 * restarted. It has no children.
 */
export function tellSpan({ telemetry }: Pick<Kit, 'telemetry'>, { name, parent, from, to, attributes = {} }: PastSpan): void {
  const at = telemetry.arriving(parent);
  // Without a parent it would be a journey of its own, which nobody asked for.
  if (trace.getSpanContext(at) === undefined) return;
  telemetry.tracer.startSpan(name, { kind: SpanKind.INTERNAL, startTime: from, attributes }, at).end(Math.max(from, to));
}
