import {
  context, createContextKey, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Link, type Span, type Tracer,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { suppressTracing } from '@opentelemetry/core';
import { Problem } from './problem.ts';
import { textOf } from './redact.ts';
import { fieldOf } from './thrown.ts';
import { formatTraceparent, parseTraceparent } from './traceparent.ts';

export type { Span } from '@opentelemetry/api';
export type Kind = 'server' | 'client' | 'internal' | 'producer' | 'consumer';
export interface SpanOptions {
  readonly kind: Kind;
  readonly attributes?: Attributes;
  /** W3C traceparent of the span that caused this one, when it is in another process. Ill-formed: ignored. */
  readonly parent?: string | undefined;
  /** Traceparents of spans that are related but no parents. */
  readonly links?: readonly string[];
}

const KINDS: Readonly<Record<Kind, SpanKind>> = {
  server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER,
};
const TRACER = createContextKey('request-journey.tracer');
let processTracer: Tracer = trace.getTracer('request-journey');

/**
 * Runs `fn` inside a new span, a child of the current one or of `parent`. What `fn` throws is noted and thrown on.
 * The span belongs to the service whose request is being answered, or to the service that the process runs.
 */
export async function span<T>(name: string, options: SpanOptions, fn: (span: Span) => Promise<T>): Promise<T> {
  const active = context.active();
  const tracer = currentTracer();
  const parent = options.parent === undefined ? active : withParent(active, options.parent);
  const links = (options.links ?? []).flatMap((link): Link[] => {
    const linked = parseTraceparent(link);
    return linked ? [{ context: linked }] : [];
  });
  const one = tracer.startSpan(name, { kind: KINDS[options.kind], attributes: options.attributes ?? {}, links, startTime: epochMs() }, parent);
  try {
    return await context.with(trace.setSpan(parent, one), () => fn(one));
  } catch (error) {
    noteError(one, error);
    throw error;
  } finally {
    one.end(epochMs());
  }
}

/** Of the service whose request is being answered, or that the process runs. */
export function currentTracer(): Tracer {
  return (context.active().getValue(TRACER) as Tracer | undefined) ?? processTracer;
}

/** Unix time in milliseconds with its fraction: hops of one request are less than a millisecond apart. */
export const epochMs = (): number => performance.timeOrigin + performance.now();

/** Runs `fn` so that no span of it is recorded: for rounds that nobody asked for, and for telemetry about telemetry. */
export function untraced<T>(fn: () => T): T {
  return context.with(suppressTracing(context.active()), fn);
}

/** The current context as a W3C `traceparent` to carry in a header or a message. */
export function traceparent(): string | undefined {
  const at = trace.getSpanContext(context.active());
  return at && formatTraceparent(at);
}

export function currentTraceId(): string | undefined {
  return trace.getSpanContext(context.active())?.traceId;
}

/** Marks a span as failed with what may be shown: no stack, no credentials. */
export function noteError(one: Span, error: unknown): void {
  const message = textOf(fieldOf(error, 'message') ?? String(error));
  one.setStatus({ code: SpanStatusCode.ERROR, message });
  one.setAttribute('error.type', error instanceof Problem ? error.code : fieldOf(error, 'name') ?? 'unknown');
}

/** A context whose spans belong to this tracer, and which continues `parent` when that is well-formed. */
export function rootContext(tracer: Tracer, parent: string | undefined): Context {
  const base = ROOT_CONTEXT.setValue(TRACER, tracer);
  return parent === undefined ? base : withParent(base, parent);
}

/** Makes `tracer` the one of the process, for spans outside any request. */
export function useTracer(tracer: Tracer): void {
  startContextManager();
  processTracer = tracer;
}

function withParent(base: Context, parent: string): Context {
  const from = parseTraceparent(parent);
  return from ? trace.setSpanContext(base, from) : base;
}

let started = false;
function startContextManager(): void {
  if (started) return;
  started = true;
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
}
