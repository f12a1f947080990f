import { context, SpanKind, SpanStatusCode, trace, TraceFlags, type Context, type Link, type Span } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { Request, RequestHandler, Response } from 'express';
import { randomBytes } from 'node:crypto';
import type { Kit } from './kit.ts';
import type { ProblemCode } from './problem.ts';
import { epochMs } from './telemetry.ts';
import { fieldOf } from './thrown.ts';
import { parseTraceparent } from './traceparent.ts';

/** What the kit knows about a request that is being answered. */
export interface RequestState {
  readonly traceId: string;
  readonly span: Span;
  /** Aborts when the caller has gone or the time is up. */
  readonly signal: AbortSignal;
  /** Names the span and the metrics by the route's template: `nameRoute('/v1/things/:id')`. */
  nameRoute(path: string): void;
  /** Remembers which problem is the answer, for the line of the log. */
  nameProblem(code: ProblemCode): void;
  /**
   * The answer has begun and is a stream: the span and the measurement end here, with the time to its first byte, since a
   * span that is open for hours shows nothing and would spoil every figure. The line of the log comes when the stream has ended.
   */
  beginStream(): void;
  /** Ends the wait: aborts `signal` with this reason. */
  abort(reason: Error): void;
}

const states = new WeakMap<Request, RequestState>();

/** @throws {Error} for a request that did not come through the kit's server */
export function stateOf(request: Request): RequestState {
  const state = states.get(request);
  if (!state) throw new Error('This request did not come through the kit\'s server.');
  return state;
}

export interface Observed {
  /** `POST /v1/traces`: neither traced nor counted, since tracing the taking of traces would never end. */
  readonly untraced: ReadonlySet<string>;
  /** Begins a trace of its own for every request, whatever `traceparent` it carries. @default false */
  readonly ownTraces?: boolean;
  /** For the door: the id of the trace that this request begins, when it brings one that may be believed. */
  readonly traceIdOf?: (request: Request) => string | undefined;
}

/** One server span, one measurement, one log line and one `trace-id` header per request. */
export function observe(kit: Kit, { untraced, ownTraces = false, traceIdOf = () => undefined }: Observed): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    const isTraced = !untraced.has(`${request.method} ${request.path}`);
    const { span, at } = begin(kit, request, { isTraced, ownTraces, traceId: isTraced && ownTraces ? traceIdOf(request) : undefined });
    const { traceId, traceFlags } = span.spanContext();
    const isRecorded = (traceFlags & TraceFlags.SAMPLED) !== 0;
    const gone = new AbortController();
    let route: string | undefined;
    let code: ProblemCode | undefined;
    let streams = false;
    const measure = (): Answered => {
      end(span, response);
      const answered = { method: methodOf(request), route: route ?? 'none', status: response.statusCode, ms: performance.now() - began };
      if (isTraced) {
        kit.measures.observe(
          'http_server_request_duration_seconds',
          { http_request_method: answered.method, http_route: answered.route, http_response_status_code: String(answered.status) },
          answered.ms / 1000, isRecorded ? traceId : undefined,
        );
      }
      return answered;
    };
    states.set(request, {
      traceId, span, signal: gone.signal,
      nameRoute(path) {
        route = path;
        span.updateName(`${request.method} ${path}`).setAttribute('http.route', path);
      },
      nameProblem(named) { code = named; },
      beginStream() {
        measure();
        streams = true;
      },
      abort: (reason) => gone.abort(reason),
    });
    response.setHeader('trace-id', traceId);
    response.once('close', () => {
      const whole = response.writableFinished;
      if (!whole) gone.abort(new Error('the caller has gone'));
      if (streams) {
        if (isTraced) context.with(at, () => { sayStreamed(kit, request, route, performance.now() - began, gone.signal); });
        return;
      }
      if (!whole) span.setAttribute('error.type', 'caller_gone');
      const answered = measure();
      // In the context of the server's span, so that monitoring shows the line at this hop.
      if (isTraced) context.with(at, () => { say(kit, answered, whole ? code : 'caller_gone'); });
    });
    context.with(at, next);
  };
}

interface Answered { readonly method: string; readonly route: string; readonly status: number; readonly ms: number }

/** The route's template and never the path, the query or the body: those hold ids and what people typed. */
function say(kit: Kit, { method, route, status, ms }: Answered, code: ProblemCode | 'caller_gone' | undefined): void {
  const fields = { method, route, ms: Math.round(ms * 1000) / 1000, ...(code === undefined ? {} : { code }) };
  // Nobody has seen the status of an answer that broke off.
  if (code === 'caller_gone') kit.log.info(`${method} ${route} was left by its caller`, fields);
  else kit.log[status >= 500 ? 'error' : 'info'](`${method} ${route} answered ${status}`, { ...fields, status });
}

function sayStreamed(kit: Kit, request: Request, route: string | undefined, ms: number, { aborted, reason }: AbortSignal): void {
  const why = aborted ? fieldOf(reason, 'message') ?? 'it was given up' : 'its events ended';
  const method = methodOf(request);
  kit.log.info(`${method} ${route} streamed until ${why}`, { method, route, ms: Math.round(ms), end: why });
}

interface Beginning { readonly isTraced: boolean; readonly ownTraces: boolean; readonly traceId: string | undefined }
function begin(kit: Kit, request: Request, { isTraced, ownTraces, traceId }: Beginning): { span: Span; at: Context } {
  const carried = isTraced ? request.get('traceparent') : undefined;
  const arriving = kit.telemetry.arriving(ownTraces ? undefined : carried);
  const span = isTraced
    ? kit.telemetry.withTraceId(traceId, () => kit.telemetry.tracer.startSpan(methodOf(request), {
      kind: SpanKind.SERVER, startTime: epochMs(),
      attributes: { 'http.request.method': methodOf(request), 'url.path': request.path, 'url.scheme': request.protocol, 'network.protocol.version': request.httpVersion },
      links: ownTraces && carried !== undefined ? linkTo(carried) : [],
    }, arriving))
    // Suppressed below: whatever is done there stays out of traces and out of what is sent, yet its log lines and errors carry an id.
    : trace.wrapSpanContext({ traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex'), traceFlags: TraceFlags.NONE });
  const at = trace.setSpan(arriving, span);
  return { span, at: isTraced ? at : suppressTracing(at) };
}

/** To the trace of a stranger: said, not joined. */
function linkTo(traceparent: string): Link[] {
  const outer = parseTraceparent(traceparent);
  return outer ? [{ context: outer }] : [];
}

function end(span: Span, response: Response): void {
  span.setAttribute('http.response.status_code', response.statusCode);
  if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(epochMs());
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);
/** OpenTelemetry: an unknown method is `_OTHER`, since anybody can make up a new one per request. */
function methodOf(request: Request): string {
  return METHODS.has(request.method) ? request.method : '_OTHER';
}
