import { refusalTexts as said } from '../ui/texts/refusals.ts';
import type { Problem } from './problem.ts';
import { reachableRoute } from './public-routes.ts';

/** Header names that pass; all others, hop-by-hop ones (RFC 9110 §7.6.1) and authorization among them, stay here. */
const asked = ['accept', 'accept-language', 'content-type', 'cookie', 'idempotency-key', 'journey-ticket', 'journey-traffic', 'last-event-id', 'origin', 'sec-fetch-site', 'user-agent', 'x-requested-with'];
const answered = ['content-type', 'content-disposition', 'trace-id', 'retry-after', 'location', 'ratelimit', 'ratelimit-policy'];

export interface ForwardLimits {
  /** For the whole answer; for the head of a stream, which then lasts as long as both sides stay. */
  readonly timeoutMs: number;
  /** Of one answer; a stream has no size. */
  readonly answerBytes: number;
}
const limits: ForwardLimits = { timeoutMs: 16_000, answerBytes: 8 * 1024 * 1024 };

/**
 * Sends a browser's `/api/v1/…` to the gateway's `/v1/…` and its answer back. Refuses what no contract makes public,
 * what another site sent, and what is too large; says 502 in the gateway's name when it is away. A stream of events is handed on
 * piece by piece; when the browser leaves, the gateway's end is closed.
 */
export async function forward(request: Request, gatewayUrl: URL, { timeoutMs, answerBytes } = limits): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.replace(/^\/api(?=\/)/, '');
  const route = reachableRoute(request.method, path);
  if (!route) {
    return refuse({ status: 404, code: 'not_found', ...said.noRoute, detail: said.noRoute.detail(`${request.method} ${path}`) });
  }
  if (fromElsewhere(request)) {
    return refuse({ status: 403, code: 'forbidden', ...said.elsewhere });
  }
  const body = request.method === 'GET' ? undefined : await readAtMost(request.body, route.maxBytes ?? 65_536);
  if (body === 'too large') {
    return refuse({ status: 413, code: 'too_large', ...said.tooLarge, detail: said.tooLarge.detail(path, route.maxBytes ?? 65_536) });
  }
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  try {
    const answer = await fetch(new URL(path + url.search, gatewayUrl), {
      method: request.method,
      headers: askedHeaders(request),
      body: body && body.length > 0 ? body : null,
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.any([request.signal, late.signal]),
    });
    return route.stream === true && isStream(answer) ? streamOf(answer) : await answerOf(answer, answerBytes);
  } catch {
    const { aborted } = late.signal;
    return refuse({
      status: 502, code: aborted ? 'upstream_timeout' : 'upstream_unavailable', at: 'gateway',
      ...(aborted ? { ...said.late, detail: said.late.detail(timeoutMs / 1000) } : said.away), fix: said.gatewayFix,
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Server-sent events (HTML Living Standard, 9.2), and NDJSON: the gateway streams the same two. */
const isStream = (answer: Response): boolean => /^(text\/event-stream|application\/x-ndjson)\b/i.test(answer.headers.get('content-type') ?? '');

function streamOf(answer: Response): Response {
  const headers = chosen(answer.headers, answered);
  // Next compresses what may be transformed, and nginx collects what it may buffer: both would hold events back.
  headers.set('cache-control', 'no-store, no-transform');
  headers.set('x-accel-buffering', 'no');
  return new Response(answer.body, { status: answer.status, headers });
}

async function answerOf(answer: Response, answerBytes: number): Promise<Response> {
  const body = await readAtMost(answer.body, answerBytes);
  if (body === 'too large') {
    return refuse({ status: 502, code: 'upstream_unavailable', at: 'gateway', ...said.answerTooLarge, detail: said.answerTooLarge.detail(answerBytes) });
  }
  const headers = chosen(answer.headers, answered);
  headers.set('cache-control', 'no-store');
  for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', cookie);
  return new Response(body.length > 0 ? body : null, { status: answer.status, headers });
}

/** Fetch metadata (W3C) tells the sender's site; a custom header cannot be sent across sites without asking first. */
function fromElsewhere(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return true;
  return request.method !== 'GET' && !request.headers.has('x-requested-with');
}

/** Tells the gateway under which host the browser knows this origin, so that it can compare `Origin` with it. */
function askedHeaders(request: Request): Headers {
  const headers = chosen(request.headers, asked);
  headers.set('x-forwarded-host', request.headers.get('host') ?? new URL(request.url).host);
  return headers;
}

function chosen(from: Headers, names: readonly string[]): Headers {
  const headers = new Headers();
  for (const name of names) {
    const value = from.get(name);
    if (value !== null) headers.set(name, value);
  }
  return headers;
}

async function readAtMost(stream: ReadableStream<Uint8Array> | null, bytes: number): Promise<Uint8Array<ArrayBuffer> | 'too large'> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream ?? []) {
    length += part.length;
    if (length > bytes) return 'too large';
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function refuse(problem: Problem): Response {
  return new Response(JSON.stringify({ type: 'about:blank', ...problem }), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}
