import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type Agent from 'undici/lib/dispatcher/agent.js';
import api from 'undici/lib/api/index.js';
import type { Endpoint, Secret } from '../../kit/contract.ts';
import { eventStreamHeaders } from '../../kit/event-stream.ts';
import { problem, Problem } from '../../kit/problem.ts';
import type { RequestState } from '../../kit/request-state.ts';
import { callerHeader, callerProof } from '../../kit/caller.ts';
import { measure } from '../../kit/measured.ts';
import { noteError, span, traceparent, type Span } from '../../kit/telemetry.ts';
import { responseHeaders } from '../domain/headers.ts';

export interface Outgoing {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** As it came, undecoded: what the route was matched with is what the service sees. */
  readonly path: string;
  /** The route's pattern, for the span. */
  readonly route: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** Its answer may take many seconds to begin. */
  readonly slow: boolean;
}
/** One service behind the gateway. */
export interface Upstream {
  /**
   * Sends a request and pipes the answer, whatever its status, into `response`.
   * @throws Problem `upstream_unavailable` or `upstream_timeout` at the service, as long as nothing has been answered
   */
  send(outgoing: Outgoing, response: Response): Promise<void>;
  /**
   * The same for an answer without an end: resolves when it has begun, and the hop's span with it; then events flow, each at once
   * and as many as there are, until `state` aborts or one of the two sides ends it. Another answer is passed on as by `send`.
   */
  stream(outgoing: Outgoing, response: Response, state: RequestState): Promise<void>;
}

/** As long as a service works on one request at most (services/kit/open-kit.ts), and a little on the way. */
const slowMs = 15_500;
/** Nothing that we show is larger. */
const mostBytes = 16 * 1024 * 1024;
/** Up to here an answer is taken whole: head and body leave in one write, and one that breaks off becomes a problem. */
const smallBytes = 256 * 1024;

/** @param agent keeps connections open, per service */
export function upstream(agent: Agent, endpoint: Endpoint, key?: Secret): Upstream {
  const { service, url, reference } = endpoint;
  const attributes = { 'server.address': url.hostname, 'server.port': Number(url.port || (url.protocol === 'https:' ? 443 : 80)), 'peer.service': service, 'journey.reference': reference };
  const proof = callerProof(key, reference);
  const hop = (outgoing: Outgoing, fn: (note: Note) => Promise<void>) => span(`${outgoing.method} ${service}`, {
    kind: 'client', attributes: { ...attributes, 'http.request.method': outgoing.method, 'http.route': outgoing.route },
  }, async (active) => {
    const began = performance.now();
    let status = 'none';
    try {
      await fn({ active, answered(code) { status = String(code); note(active, service, code); } });
    } finally {
      measure('http_client_request_duration_seconds', {
        http_request_method: outgoing.method, server_address: service, http_response_status_code: status, journey_reference: reference,
      }, (performance.now() - began) / 1000);
    }
  });
  return {
    send: (outgoing, response) => hop(outgoing, async ({ active, answered }) => {
      const left = new AbortController();
      // Not when all went well: an abort that nobody needs costs more than the rest of this function.
      response.once('close', () => { if (!response.writableFinished) left.abort(); });
      const answer = await ask(agent, endpoint, outgoing, proof, left.signal).catch((error: unknown) => { throw brokenOff(service, error, left.signal); });
      answered(answer.statusCode);
      const head = responseHeaders(answer.headers);
      if (Number(answer.headers['content-length'] ?? Infinity) <= smallBytes) {
        const whole = await answer.body.bytes().catch((error: unknown) => { throw brokenOff(service, error, left.signal); });
        response.writeHead(answer.statusCode, head).end(whole);
      } else {
        response.writeHead(answer.statusCode, head);
        await handOver(answer.body, response, active);
      }
    }),
    stream: (outgoing, response, state) => hop(outgoing, async ({ active, answered }) => {
      const answer = await ask(agent, endpoint, outgoing, proof, state.signal).catch((error: unknown) => { throw brokenOff(service, error, state.signal); });
      answered(answer.statusCode);
      const head = responseHeaders(answer.headers);
      const type = String(answer.headers['content-type']);
      const isEvents = /^text\/event-stream\b/i.test(type);
      if (!isEvents && !/^application\/x-ndjson\b/i.test(type)) {
        response.writeHead(answer.statusCode, head);
        return await handOver(answer.body, response, active);
      }
      response.writeHead(answer.statusCode, { ...head, ...isEvents ? eventStreamHeaders : {} }).flushHeaders();
      state.beginStream();
      return flow(service, answer.body, response, state);
    }),
  };
}

interface Note { readonly active: Span; answered(status: number): void }

function note(active: Span, service: string, status: number): void {
  active.setAttribute('http.response.status_code', status);
  if (status >= 500) noteError(active, new Error(`${service} answered ${String(status)}`));
}

/** As fast as the slower side: `pipe` reads no more while the caller has not taken what is there. */
function flow(service: string, body: NodeJS.ReadableStream, response: Response, state: RequestState): void {
  body.on('error', () => {
    // Ended on purpose: in order, so that the caller sees an end. Otherwise it must see that something is missing.
    if (state.signal.aborted) return void response.end();
    state.abort(new Error(`${service} broke off`));
    return void response.destroy();
  });
  body.pipe(response);
}

function ask(agent: Agent, { url }: Endpoint, { method, path, headers, body, slow }: Outgoing, proof: string | undefined, signal: AbortSignal) {
  // An absolute-form target (RFC 9112 §3.2.2) was matched by its path; a service is only ever asked for a path.
  if (!path.startsWith('/')) throw problem('bad_request', 'The request target must be a path.');
  const carried = traceparent();
  return api.request.call(agent, {
    origin: url.origin, path: url.pathname.replace(/\/$/, '') + path, method, body, signal,
    ...(slow ? { headersTimeout: slowMs } : {}),
    headers: { ...headers, ...(carried === undefined ? {} : { traceparent: carried }), ...(proof === undefined ? {} : { [callerHeader]: proof }) },
  });
}

/** Once the head is out an error can only be shown by cutting the connection; the span keeps the cause. */
async function handOver(body: NodeJS.ReadableStream, response: Response, active: Span): Promise<void> {
  let size = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size > mostBytes) done(new Error(`The answer is larger than ${String(mostBytes)} bytes.`));
      else done(null, chunk);
    },
  });
  await pipeline(body, measured, response).catch((error: unknown) => { noteError(active, error); });
}

function brokenOff(service: string, cause: unknown, left: AbortSignal): unknown {
  if (cause instanceof Problem) return cause;
  if (left.aborted) return problem('upstream_timeout', `The call to ${service} was given up, because its caller left.`, { at: service, cause });
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT'
    ? problem('upstream_timeout', `${service} did not answer in time.`, { at: service, cause })
    : problem('upstream_unavailable', `${service} cannot be reached.`, { at: service, cause });
}
