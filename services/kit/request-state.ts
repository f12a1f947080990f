import { context, SpanKind, SpanStatusCode, trace, TraceFlags, type Context, type Link, type Span } from '@opentelemetry/api';
import type { Request, RequestHandler, Response } from 'express';
import { randomBytes } from 'node:crypto';
import type { Kit } from './kit.ts';
import { durationHistogram } from './metrics.ts';
import type { ProblemCode } from './problem.ts';
import { epochMs } from './telemetry.ts';
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
}

/** One server span, one measurement, one log line and one `trace-id` header per request. */
export function observe(kit: Kit, { untraced, ownTraces = false }: Observed): RequestHandler {
  const seconds = durationHistogram(kit.metrics, 'http_server_request_duration_seconds', 'Requests answered.', ['http_request_method', 'http_route', 'http_response_status_code']);
  return (request, response, next) => {
    const began = performance.now();
    const isTraced = !untraced.has(`${request.method} ${request.path}`);
    const { span, at } = begin(kit, request, { isTraced, ownTraces });
    const { traceId } = span.spanContext();
    const gone = new AbortController();
    let route: string | undefined;
    let code: ProblemCode | undefined;
    states.set(request, {
      traceId, span, signal: gone.signal,
      nameRoute(path) {
        route = path;
        span.updateName(`${request.method} ${path}`).setAttribute('http.route', path);
      },
      nameProblem(named) { code = named; },
      abort: (reason) => gone.abort(reason),
    });
    response.setHeader('trace-id', traceId);
    response.once('close', () => {
      if (!response.writableFinished) {
        gone.abort(new Error('the caller has gone'));
        span.setAttribute('error.type', 'caller_gone');
      }
      end(span, response);
      if (!isTraced) return;
      const answered = { method: methodOf(request), route: route ?? 'none', status: response.statusCode, ms: performance.now() - began };
      seconds.observe(
        { http_request_method: answered.method, http_route: answered.route, http_response_status_code: String(answered.status) },
        answered.ms / 1000,
      );
      // In the context of the server's span, so that monitoring shows the line at this hop.
      context.with(at, () => { say(kit, answered, response.writableFinished ? code : 'caller_gone'); });
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

function begin(kit: Kit, request: Request, { isTraced, ownTraces }: { readonly isTraced: boolean; readonly ownTraces: boolean }): { span: Span; at: Context } {
  const carried = isTraced ? request.get('traceparent') : undefined;
  const arriving = kit.telemetry.arriving(ownTraces ? undefined : carried);
  const span = isTraced
    ? kit.telemetry.tracer.startSpan(methodOf(request), {
      kind: SpanKind.SERVER, startTime: epochMs(),
      attributes: { 'http.request.method': methodOf(request), 'url.path': request.path, 'url.scheme': request.protocol, 'network.protocol.version': request.httpVersion },
      links: ownTraces && carried !== undefined ? linkTo(carried) : [],
    }, arriving)
    // Not sampled: whatever is done below it stays out of the traces, yet its log lines and errors carry an id.
    : trace.wrapSpanContext({ traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex'), traceFlags: TraceFlags.NONE });
  return { span, at: trace.setSpan(arriving, span) };
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
