import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface Served {
  readonly url: string;
  /** Fails readiness first, lets what is under way finish, then closes. */
  stop(): Promise<void>;
}

/** As services/kit/standard.ts says for every workload (the dashboard imports contracts only). */
const drainSeconds = 5;

/**
 * Serves what `node dashboard/build.ts` built.
 * @throws Error when nothing was built, or when the port is taken
 */
export async function serve(folder: string, { host, port }: { readonly host: string; readonly port: number }): Promise<Served> {
  useBuiltConfig(folder);
  const { default: next } = await import('next');
  const app = next({ dev: false, dir: folder, hostname: host, port, quiet: true });
  const handle = app.getRequestHandler();
  let draining = false;
  const server = createServer((request, response) => {
    if (draining && request.url?.startsWith('/readyz')) return notReady(response);
    return void handle(request, response);
  });
  // A client that sends slowly, or never, must not hold a connection for ever.
  server.requestTimeout = 15_000;
  server.headersTimeout = 10_000;
  await app.prepare();
  const bound = await new Promise<number>((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
  return {
    url: `http://${host}:${bound}`,
    stop: async () => {
      draining = true;
      // On loopback nobody balances load: there is nobody to wait for.
      if (host !== '127.0.0.1') await wait(drainSeconds * 1000);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await Promise.race([closed, wait(10_000, undefined, { ref: false })]);
      server.closeAllConnections();
      await app.close();
    },
  };
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
  process.env['NEXT_TELEMETRY_DISABLED'] = '1';
  Object.assign(process.env, { NODE_ENV: 'production' });
}

function notReady(response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ type: 'about:blank', title: 'The dashboard is stopping', status: 503, code: 'unavailable', detail: 'It takes no new work.' }));
}
