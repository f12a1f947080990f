import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type Agent from 'undici/lib/dispatcher/agent.js';
import api from 'undici/lib/api/index.js';
import type { Endpoint } from '../../kit/contract.ts';
import { problem, Problem } from '../../kit/problem.ts';
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
}
/** One service behind the gateway. */
export interface Upstream {
  /**
   * Sends a request and pipes the answer, whatever its status, into `response`.
   * @throws Problem `upstream_unavailable` or `upstream_timeout` at the service, as long as nothing has been answered
   */
  send(outgoing: Outgoing, response: Response): Promise<void>;
}

/** Nothing that we show is larger. */
const mostBytes = 16 * 1024 * 1024;
/** Up to here an answer is taken whole: head and body leave in one write, and one that breaks off becomes a problem. */
const smallBytes = 256 * 1024;

/** @param agent keeps connections open, per service */
export function upstream(agent: Agent, endpoint: Endpoint): Upstream {
  const { service, url, reference } = endpoint;
  const attributes = { 'server.address': url.hostname, 'server.port': Number(url.port || (url.protocol === 'https:' ? 443 : 80)), 'peer.service': service, 'journey.reference': reference };
  return {
    send: (outgoing, response) => span(`${outgoing.method} ${service}`, {
      kind: 'client', attributes: { ...attributes, 'http.request.method': outgoing.method, 'http.route': outgoing.route },
    }, async (active) => {
      const left = new AbortController();
      // Not when all went well: an abort that nobody needs costs more than the rest of this function.
      response.once('close', () => { if (!response.writableFinished) left.abort(); });
      const answer = await ask(agent, endpoint, outgoing, left.signal).catch((error: unknown) => { throw brokenOff(service, error, left.signal); });
      active.setAttribute('http.response.status_code', answer.statusCode);
      if (answer.statusCode >= 500) noteError(active, new Error(`${service} answered ${String(answer.statusCode)}`));
      const head = responseHeaders(answer.headers);
      if (Number(answer.headers['content-length'] ?? Infinity) <= smallBytes) {
        const whole = await answer.body.bytes().catch((error: unknown) => { throw brokenOff(service, error, left.signal); });
        response.writeHead(answer.statusCode, head).end(whole);
      } else {
        response.writeHead(answer.statusCode, head);
        await handOver(answer.body, response, active);
      }
    }),
  };
}

function ask(agent: Agent, { url }: Endpoint, { method, path, headers, body }: Outgoing, signal: AbortSignal) {
  // An absolute-form target (RFC 9112 §3.2.2) was matched by its path; a service is only ever asked for a path.
  if (!path.startsWith('/')) throw problem('bad_request', 'The request target must be a path.');
  const carried = traceparent();
  return api.request.call(agent, {
    origin: url.origin, path: url.pathname.replace(/\/$/, '') + path, method, body, signal,
    headers: { ...headers, ...(carried === undefined ? {} : { traceparent: carried }) },
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
