import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { Server as Listener } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { refusalTexts } from '../ui/texts/refusals.ts';

export interface Served {
  readonly url: string;
  /** Fails readiness first, lets what is under way finish, then closes. `gently`: another process accepts from the same socket. */
  stop(how?: { readonly gently: boolean }): Promise<void>;
}

/** Descriptors of sockets that were handed over (services/kit/sockets.ts). */
export interface Sockets { readonly http?: number; readonly probe?: number }

/** As services/kit/standard.ts says for every workload (the dashboard imports contracts only). */
const drainSeconds = 5;

/**
 * Serves what `node dashboard/build.ts` built.
 * @throws Error when nothing was built, or when the port is taken
 */
export async function serve(folder: string, { host, port, sockets }: { readonly host: string; readonly port: number; readonly sockets?: Sockets }): Promise<Served> {
  useBuiltConfig(folder);
  const { default: next } = await import('next');
  const app = next({ dev: false, dir: folder, hostname: host, port, quiet: true });
  const handle = app.getRequestHandler();
  let draining = false;
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    if (draining) response.setHeader('connection', 'close');
    if (draining && request.url?.startsWith('/readyz')) return notReady(response);
    return void handle(request, response);
  });
  // A client that sends slowly, or never, must not hold a connection for ever.
  server.requestTimeout = 15_000;
  server.headersTimeout = 10_000;
  await app.prepare();
  const bound = await listen(server, sockets?.http === undefined ? { host, port } : { fd: sockets.http });
  // After the shared one: who is asked whether it is ready has been opened.
  const probe = createServer((request, response) => (draining ? notReady(response) : void handle(request, response)));
  if (sockets?.probe !== undefined) await listen(probe, { fd: sockets.probe });
  return {
    url: `http://${host}:${bound}`,
    stop: async ({ gently } = { gently: false }) => {
      draining = true;
      if (gently) {
        const parted = handOver(server);
        endStreams(open);
        await parted;
      }
      probe.close();
      probe.closeAllConnections();
      // On loopback nobody balances load: there is nobody to wait for.
      if (host !== '127.0.0.1') await wait(drainSeconds * 1000);
      const closed = new Promise<void>((resolve) => (server.listening ? server.close(() => resolve()) : resolve()));
      endStreams(open);
      server.closeIdleConnections();
      await Promise.race([closed, wait(10_000, undefined, { ref: false })]);
      server.closeAllConnections();
      await app.close();
    },
  };
}

/** What has no end of its own would be waited for; whoever listens comes back, to the process that accepts then. */
function endStreams(open: ReadonlySet<ServerResponse>): void {
  for (const response of open) if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.destroy();
}

function listen(server: Server, at: { readonly host: string; readonly port: number } | { readonly fd: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(at, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

/** Longer than Node keeps an idle connection open (5 s). */
const HAND_OVER_MS = 6000;

/** As services/kit/start.ts does it: nothing is cut while a request may be on its way. */
async function handOver(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => { Listener.prototype.close.call(server, () => resolve()); });
  await Promise.race([ended, wait(HAND_OVER_MS, undefined, { ref: false })]);
  server.closeAllConnections();
}

/**
 * Hands Next the configuration that the build resolved, as its own standalone server does: reading `next.config.ts`
 * again would load the compiler (node_modules/next/dist/server/config.js).
 */
function useBuiltConfig(folder: string): void {
  const file = join(folder, '.next', 'required-server-files.json');
  if (!existsSync(file)) throw new Error('The dashboard is not built. Fix: node dashboard/build.ts');
  const built: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof built === 'object' && built !== null && 'config' in built) process.env['__NEXT_PRIVATE_STANDALONE_CONFIG'] = JSON.stringify(built.config);
  // The documents that the build holds (library.ts).
  process.env['JOURNEY_DOCS'] = join(folder, '.next', 'docs.json');
  process.env['NEXT_TELEMETRY_DISABLED'] = '1';
  Object.assign(process.env, { NODE_ENV: 'production' });
}

function notReady(response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ type: 'about:blank', ...refusalTexts.stopping, status: 503, code: 'unavailable' }));
}
