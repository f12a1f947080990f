import express, { type ErrorRequestHandler, type Express } from 'express';
import { randomBytes } from 'node:crypto';
import { createServer, STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { countCallers } from './callers.ts';
import { spoilRequests } from './faults/requests.ts';
import { mountHealth, mountMetrics, type Health } from './health.ts';
import type { App, Kit } from './kit.ts';
import { openapiOf } from './openapi.ts';
import { asProblem, problem, Problem, problemBody } from './problem.ts';
import { observe, stateOf } from './request-state.ts';
import { mountRoutes, refuseOtherMethods } from './routes.ts';
import { noteError } from './telemetry.ts';
import { fieldOf } from './thrown.ts';

/** What every service answers, in the order it is tried. */
export function buildExpress(kit: Kit, app: App, health: Health): Express {
  const routes = Object.values(kit.contract.routes);
  const untraced = new Set(routes.filter(({ access }) => access === 'workload').map(({ method, path }) => `${method.toUpperCase()} ${path}`));
  const server = plainExpress();
  mountHealth(server, health);
  server.use(countCallers(kit, app.ownTraces ?? false));
  server.use(observe(kit, { untraced, ownTraces: app.ownTraces ?? false, ...(app.traceIdOf ? { traceIdOf: app.traceIdOf } : {}) }));
  if (kit.faults.allowed) server.use(spoilRequests(kit.faults));
  server.get('/openapi.json', openapi(kit, app));
  for (const middleware of app.middleware ?? []) server.use(middleware);
  mountRoutes(server, kit, kit.contract.routes, app.handlers, app.codecs);
  app.mount?.(server);
  refuseOtherMethods(server, routes);
  server.use(() => { throw problem('not_found', 'No route has this path.'); });
  server.use(answerProblem(kit));
  return server;
}

/** The listener of probes and figures. */
export function buildMetricsExpress(kit: Kit, health: Health): Express {
  const server = plainExpress();
  mountHealth(server, health);
  mountMetrics(server, kit.metrics);
  server.use((_request, response) => { writeProblem(response, problem('not_found', 'This listener has /livez, /readyz and /metrics.'), randomBytes(16).toString('hex')); });
  return server;
}

/** Node's HTTP server with limits on everything that a stranger decides: header bytes and count, time to send, idle time. */
export function httpServer(handler: Express, { arrivalMs }: { readonly arrivalMs: number }): Server {
  const server = createServer({
    maxHeaderSize: 16_384, headersTimeout: Math.min(5000, arrivalMs), requestTimeout: arrivalMs, connectionsCheckingInterval: Math.min(500, arrivalMs / 2),
    // Node would refuse with an empty answer: `plainExpress` does it with a problem.
    keepAliveTimeout: 10_000, requireHostHeader: false,
  }, handler);
  server.maxHeadersCount = 100;
  // The body is asked for when somebody wants to read it: a refusal by Content-Length then costs no body at all.
  server.on('checkContinue', handler);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => { refuseRaw(error, socket); });
  return server;
}

function plainExpress(): Express {
  const server = express();
  server.disable('x-powered-by').disable('etag');
  server.enable('case sensitive routing').enable('strict routing');
  server.set('query parser', 'simple');
  server.use((request, response, next) => {
    // RFC 9112 §3.2: every request of HTTP/1.1 names its host.
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      response.set('connection', 'close');
      return writeProblem(response, problem('bad_request', 'The request has no Host header.'), randomBytes(16).toString('hex'));
    }
    response.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    return next();
  });
  return server;
}

function openapi(kit: Kit, app: App) {
  const document = app.openapi ?? openapiOf(kit.contract, kit.standard.revision);
  return (request: express.Request, response: express.Response) => {
    stateOf(request).nameRoute('/openapi.json');
    response.json(document);
  };
}

/** The one place where an error becomes an answer: what it may tell goes out, the rest into the log. */
function answerProblem(kit: Kit): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    const told = told4xx(error) ?? asProblem(error);
    const { span, traceId, nameProblem } = stateOf(request);
    nameProblem(told.code);
    if (told.status >= 500) {
      noteError(span, told);
      kit.log[told.code === 'internal' ? 'error' : 'warn'](told.message, { code: told.code, at: told.at, error: told.cause ?? told });
    } else {
      kit.log.info(told.message, { code: told.code });
    }
    span.setAttribute('error.type', told.code);
    if (response.headersSent) response.destroy();
    else writeProblem(response, told, traceId);
  };
}

/** Express and its router throw errors of their own, for a path that cannot be decoded. */
function told4xx(error: unknown): Problem | undefined {
  if (error instanceof Problem || typeof error !== 'object' || error === null) return undefined;
  const isUriError = fieldOf(error, 'name') === 'URIError' || ('status' in error && error.status === 400);
  return isUriError ? problem('invalid_params', 'The path is not percent-encoded UTF-8.') : undefined;
}

function writeProblem(response: ServerResponse, told: Problem, traceId: string): void {
  response.writeHead(told.status, { ...told.headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(problemBody(told, traceId)));
}

/** What did not become a request: there is no response object, so the answer is written by hand. */
function refuseRaw(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const told = error.code === 'HPE_HEADER_OVERFLOW' ? problem('headers_too_large', 'The headers are larger than 16 KiB.')
    : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? problem('request_timeout', 'The request did not arrive in time.')
    : problem('bad_request', 'The request cannot be parsed.');
  const body = JSON.stringify(problemBody(told, randomBytes(16).toString('hex')));
  socket.end([
    `HTTP/1.1 ${told.status} ${STATUS_CODES[told.status]}`, 'content-type: application/problem+json', `content-length: ${Buffer.byteLength(body)}`, 'connection: close', '', body,
  ].join('\r\n'));
  return undefined;
}

