import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Reconciler } from './reconciler.ts';

/**
 * How the deployment service asks the reconciler; on loopback, and only for who has the key. `GET /v1/environments`,
 * `GET /v1/environments/<name>`, `POST …/sync`, `PUT …/automatic`, `POST …/prepare`, `GET …/events` (server-sent events).
 * Errors are RFC 9457 problems.
 */
export interface Api { stop(): Promise<void> }
export interface ApiOptions { readonly port: number; readonly key: string; readonly reconciler: Reconciler }

const HEARTBEAT_MS = 10_000;
/** Changes come in showers; a listener needs the last of each. */
const GATHER_MS = 50;
const MOST_BYTES = 4096;

export async function startApi({ port, key, reconciler }: ApiOptions): Promise<Api> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5000, maxHeaderSize: 8192 }, (request, response) => {
    void answer(request, response, key, reconciler).catch((error: unknown) => refuse(response, 500, 'internal', error instanceof Error ? error.message : String(error)));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()));
  return { stop: () => close(server) };
}

async function answer(request: IncomingMessage, response: ServerResponse, key: string, reconciler: Reconciler): Promise<void> {
  if (!isKey(request.headers.authorization, key)) return refuse(response, 401, 'unauthenticated', 'The bearer is not the key of the reconciler.');
  const { pathname } = new URL(request.url ?? '/', 'http://reconciler');
  const own = reconciler.live().environment;
  if (pathname === '/v1/environments' && request.method === 'GET') return send(response, 200, { environments: [own] });
  const [, name, action] = /^\/v1\/environments\/([^/]+)(?:\/([a-z]+))?$/.exec(pathname) ?? [];
  if (name !== own) return refuse(response, 404, 'not_found', `This reconciler keeps ${own}, and nothing else.`);
  switch (`${request.method} ${action ?? ''}`) {
    case 'GET ': return send(response, 200, reconciler.live());
    case 'GET events': return stream(request, response, reconciler);
    case 'POST sync': return sync(response, reconciler);
    case 'PUT automatic': return automatic(request, response, reconciler);
    case 'POST prepare': return prepare(request, response, reconciler);
    default: return refuse(response, 404, 'not_found', 'There is no such route.');
  }
}

function sync(response: ServerResponse, reconciler: Reconciler): void {
  // Takes as long as a rollout: who asked follows the events.
  void reconciler.sync().catch(() => {});
  send(response, 202, reconciler.live());
}

async function automatic(request: IncomingMessage, response: ServerResponse, reconciler: Reconciler): Promise<void> {
  const body = await readObject(request);
  if (typeof body?.['automatic'] !== 'boolean') return refuse(response, 400, 'invalid_body', 'The body is {"automatic": true or false}.');
  await reconciler.setAutomatic(body['automatic']);
  return send(response, 200, reconciler.live());
}

async function prepare(request: IncomingMessage, response: ServerResponse, reconciler: Reconciler): Promise<void> {
  const body = await readObject(request);
  const [workload, release] = [body?.['workload'], body?.['release']];
  if (typeof workload !== 'string' || typeof release !== 'string') return refuse(response, 400, 'invalid_body', 'The body is {"workload": …, "release": …}.');
  try {
    await reconciler.prepare(workload, release);
  } catch (error) {
    return refuse(response, 409, 'conflict', error instanceof Error ? error.message : String(error));
  }
  return send(response, 200, {});
}

/** The state now, then at each change, until the caller leaves. */
function stream(request: IncomingMessage, response: ServerResponse, reconciler: Reconciler): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let gathering: NodeJS.Timeout | undefined;
  let last = '';
  const tell = () => {
    gathering = undefined;
    const { observedAt, ...state } = reconciler.live();
    const text = JSON.stringify(state);
    if (text === last || response.writableNeedDrain) return;
    last = text;
    response.write(`data: ${JSON.stringify({ ...state, observedAt })}\n\n`);
  };
  const end = reconciler.subscribe(() => { gathering ??= setTimeout(tell, GATHER_MS); });
  const heart = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  tell();
  request.once('close', () => {
    end();
    clearInterval(heart);
    clearTimeout(gathering);
  });
}

async function readObject(request: IncomingMessage): Promise<Readonly<Record<string, unknown>> | undefined> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MOST_BYTES) return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

/** In constant time; hashing first makes the lengths equal. */
function isKey(header: string | undefined, key: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${key}`));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, code: string, detail: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ type: 'about:blank', title: detail, status, code, detail }));
  return undefined;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
