import type { Server } from 'node:http';
import { Server as Listener, type AddressInfo } from 'node:net';
import type { Contract } from './contract.ts';
import { followFaults } from './faults/follow.ts';
import { refuseConnections } from './faults/requests.ts';
import { openHealth, type Checked } from './health.ts';
import type { App, Kit } from './kit.ts';
import { buildExpress, buildMetricsExpress, httpServer } from './server.ts';

export interface Started {
  /** Without a slash at its end. */
  readonly url: string;
  readonly metricsUrl?: string;
  /**
   * Fails readiness, drains, closes the listeners, then what the app holds. May be called twice. `gently`: another process accepts from
   * the same sockets, so it stays until its connections have ended by themselves; a second call without it ends the wait.
   */
  stop(how?: { readonly gently: boolean }): Promise<void>;
}

/**
 * Opens the listeners (port 0: one that is free), then begins the app's background work. Sockets that were handed over are shared:
 * nothing is accepted from them before every check passes, so a release that never becomes ready is never asked.
 */
export async function start<C extends Contract>(kit: Kit<C>, app: App<C>): Promise<Started> {
  const { host, port, metricsPort, sockets } = kit.standard;
  const health = openHealth({ ...app.ready, ...faulty(kit) }, { held: sockets !== undefined });
  const http = httpServer(buildExpress(kit, app, health), kit.limits);
  if (kit.faults.allowed) refuseConnections(kit.faults, http);
  const unfollow = followFaults(kit);
  const figures = metricsPort === undefined ? undefined : httpServer(buildMetricsExpress(kit, health), kit.limits);
  const probe = sockets?.probe === undefined ? undefined : httpServer(buildMetricsExpress(kit, health), kit.limits);
  const serve = async () => {
    await listen(http, sockets?.http === undefined ? { host, port } : { fd: sockets.http });
    if (figures) await listen(figures, sockets?.metrics === undefined ? { host, port: metricsPort ?? 0 } : { fd: sockets.metrics });
  };
  try {
    if (probe) await listen(probe, { fd: sockets?.probe ?? 0 });
    if (!sockets) await serve();
    await app.start?.();
    if (sockets) {
      await health.passing();
      await serve();
      health.open();
    }
  } catch (error) {
    unfollow();
    await Promise.all([close(http, 0), figures && close(figures, 0), probe && close(probe, 0)]);
    await app.stop();
    throw error;
  }
  const hurry = Promise.withResolvers<void>();
  let stopping: Promise<void> | undefined;
  const stop = async (gently: boolean) => {
    health.close();
    if (gently) {
      const parted = Promise.all([handOver(http), figures && handOver(figures)]);
      kit.streams.end();
      await Promise.race([parted, hurry.promise]);
    } else await new Promise((resolve) => { setTimeout(resolve, kit.limits.drainSeconds * 1000); });
    await kit.telemetry.flush();
    const closed = close(http, kit.limits.requestMs);
    // Only when nothing more is accepted here: whoever comes back meets another process.
    kit.streams.end();
    await closed;
    unfollow();
    await app.stop();
    await Promise.all([figures && close(figures, 0), probe && close(probe, 0), kit.telemetry.close()]);
  };
  return {
    url: urlOf(http),
    ...(figures ? { metricsUrl: urlOf(figures) } : {}),
    stop({ gently } = { gently: false }) {
      if (!gently) hurry.resolve();
      return stopping ??= stop(gently);
    },
  };
}

/** The kind `notReady`. */
function faulty({ faults }: Kit): Checked {
  if (!faults.allowed) return {};
  return { fault: () => (faults.strength('notReady') > 0 ? Promise.reject(new Error('somebody switched the fault `notReady` on')) : Promise.resolve()) };
}

function listen(server: Server, at: { readonly host: string; readonly port: number } | { readonly fd: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Longer than a keep-alive connection may be idle: a caller that just sends on one never meets a closed door. */
const HAND_OVER_MS = 11_000;

/**
 * Accepts nothing new and waits until every connection has ended: busy ones are told to close with their next answer, idle ones
 * run into their time limit on either side. Not `http.Server.close`, which would cut idle ones while a request may be on its way.
 */
async function handOver(server: Server): Promise<void> {
  const ended = new Promise((resolve) => { Listener.prototype.close.call(server, resolve); });
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([ended, new Promise((resolve) => { timer = setTimeout(resolve, HAND_OVER_MS); })]);
  clearTimeout(timer);
  server.closeAllConnections();
}

/** Lets running requests end, for at most `graceMs`. */
async function close(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  // A connection whose last request ends only now would stay open for its caller's next one.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  await new Promise((resolve) => { server.close(resolve); });
  clearInterval(idle);
  clearTimeout(cut);
}

function urlOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
