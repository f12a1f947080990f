import { SpanStatusCode } from '@opentelemetry/api';
// The whole of undici costs 70 ms and 14 MB more to load than the two parts that are used.
import Agent from 'undici/lib/dispatcher/agent.js';
import api from 'undici/lib/api/index.js';
import { callerHeader, callerProof } from './caller.ts';
import type { Endpoint, Secret } from './contract.ts';
import { measure } from './measured.ts';
import { isProblemCode, problem, Problem } from './problem.ts';
import { span, traceparent, type Span } from './telemetry.ts';
import { fieldOf } from './thrown.ts';

export interface CallRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query, beginning with a slash; encode parts with `encodeURIComponent`. */
  readonly path: string;
  /** A JSON value; absent: no body. */
  readonly body?: unknown;
  /** Sent as the bearer. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the whole call. @default 2000 */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Largest answer in bytes. @default 1048576 */
  readonly maxBytes?: number;
  /** Of the answer. Text is for `/metrics`. @default 'json' */
  readonly read?: 'json' | 'text';
  /** On a connection of its own, so that of several processes behind one address not always the same is asked. @default false */
  readonly fresh?: boolean;
  /** Part of being a workload, as being scraped is: not measured, since it would only count itself. @default false */
  readonly quiet?: boolean;
  /** For servers that are not ours: reads what they refuse. @default problem+json */
  readonly refused?: (answer: CallAnswer) => Problem;
}
export interface CallAnswer {
  readonly status: number;
  /** Parsed JSON, or the text that was asked for; `undefined` when the answer has no body. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}
/** @throws {Problem} `upstream_unavailable`, `upstream_timeout`, or what the other service answered, with `at` naming the service where it ended */
export type Call = (endpoint: Endpoint, request: CallRequest) => Promise<CallAnswer>;
export interface Client {
  readonly call: Call;
  close(): Promise<void>;
}

const LARGEST = 1_048_576;
const ACCEPT = {
  json: 'application/json, application/problem+json',
  text: 'application/openmetrics-text; version=1.0.0, text/plain; version=0.0.4; q=0.5, application/problem+json',
} as const;

/** A keep-alive pool per service that is called; every call is a client span that carries the journey's reference. */
export function openClient(key?: Secret): Client {
  const agent = new Agent({ connections: 32, pipelining: 1, keepAliveTimeout: 4000, keepAliveMaxTimeout: 30_000, connect: { timeout: 1000 } });

  return {
    call: (endpoint, request) => span(`${request.method} ${endpoint.service}`, { kind: 'client', attributes: attributesOf(endpoint, request) }, async (active) => {
      const began = performance.now();
      let status = 'none';
      try {
        const answer = await exchange(endpoint, request, active);
        status = String(answer.status);
        if (answer.status >= 200 && answer.status < 300) return answer;
        throw request.refused?.(answer) ?? refusalOf(endpoint, answer);
      } catch (error) {
        throw error instanceof Problem ? error : brokenOff(endpoint, request, error);
      } finally {
        if (request.quiet !== true) measure('http_client_request_duration_seconds', {
          http_request_method: request.method, server_address: endpoint.service, http_response_status_code: status, journey_reference: endpoint.reference,
        }, (performance.now() - began) / 1000);
      }
    }),
    close: () => agent.destroy(),
  };

  async function exchange(endpoint: Endpoint, { method, path, body, token, headers, timeoutMs = 2000, signal, maxBytes = LARGEST, read = 'json', fresh = false, refused }: CallRequest, active: Span): Promise<CallAnswer> {
    const limit = AbortSignal.timeout(timeoutMs);
    const carried = traceparent();
    // For workloads of ours only.
    const proof = refused ? undefined : callerProof(key, endpoint.reference);
    const response = await api.request.call(agent, {
      origin: endpoint.url.origin,
      path: endpoint.url.pathname.replace(/\/$/, '') + path,
      method, reset: fresh,
      headers: {
        ...headers,
        accept: ACCEPT[read],
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(carried ? { traceparent: carried } : {}),
        ...(proof ? { [callerHeader]: proof } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    active.setAttribute('http.response.status_code', response.statusCode);
    if (response.statusCode >= 400) active.setStatus({ code: SpanStatusCode.ERROR });
    return { status: response.statusCode, body: await bodyOf(endpoint, response.body, maxBytes, read), headers: flat(response.headers) };
  }
}

function attributesOf({ service, url, reference }: Endpoint, { method, path }: CallRequest) {
  return {
    'http.request.method': method, 'url.path': path.split('?')[0] ?? path, 'server.address': url.hostname, 'server.port': Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    'peer.service': service, 'journey.reference': reference,
  };
}

async function bodyOf(endpoint: Endpoint, stream: AsyncIterable<Buffer>, maxBytes: number, read: 'json' | 'text'): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw problem('upstream_unavailable', `${endpoint.service} answered with more than ${maxBytes} bytes.`, { at: endpoint.service });
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  if (read === 'text') return Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (cause) {
    throw problem('upstream_unavailable', `${endpoint.service} answered with something that is not JSON.`, { at: endpoint.service, cause });
  }
}

/** What the other service refused, passed on as it is; `at` keeps naming the service where the journey ended. */
function refusalOf({ service }: Endpoint, { status, body }: CallAnswer): Problem {
  const said = typeof body === 'object' && body !== null ? body as Readonly<Record<string, unknown>> : {};
  const at = typeof said['at'] === 'string' ? said['at'] : service;
  if (!isProblemCode(said['code']) || typeof said['detail'] !== 'string') {
    return problem('upstream_unavailable', `${service} answered ${status} in a way it should not.`, { at });
  }
  return problem(said['code'], said['detail'], {
    at, ...(typeof said['fix'] === 'string' ? { fix: said['fix'] } : {}),
  });
}

function brokenOff({ service }: Endpoint, { timeoutMs = 2000, signal }: CallRequest, cause: unknown): Problem {
  if (signal?.aborted) return problem('upstream_timeout', `The call to ${service} was given up, because its own caller left or ran out of time.`, { at: service, cause });
  if (fieldOf(cause, 'name') === 'TimeoutError') return problem('upstream_timeout', `${service} did not answer within ${timeoutMs} ms.`, { at: service, cause });
  return problem('upstream_unavailable', `${service} cannot be reached.`, { at: service, cause });
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([key, value]) => value === undefined ? [] : [[key, Array.isArray(value) ? value.join(', ') : value]]));
}
