import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Contract } from './contract.ts';
import { openHealth } from './health.ts';
import type { App, Kit } from './kit.ts';
import { buildExpress, buildMetricsExpress, httpServer } from './server.ts';

export interface Started {
  /** Without a slash at its end. */
  readonly url: string;
  readonly metricsUrl?: string;
  /** Fails readiness, drains, closes the listeners, then what the app holds. May be called twice. */
  stop(): Promise<void>;
}

/** Opens the listeners (port 0: one that is free), then begins the app's background work. */
export async function start<C extends Contract>(kit: Kit<C>, app: App<C>): Promise<Started> {
  const health = openHealth(app.ready);
  const { host, port, metricsPort } = kit.standard;
  const http = httpServer(buildExpress(kit, app, health), kit.limits);
  const figures = metricsPort === undefined ? undefined : httpServer(buildMetricsExpress(kit, health), kit.limits);
  try {
    await listen(http, host, port);
    if (figures) await listen(figures, host, metricsPort ?? 0);
    await app.start?.();
  } catch (error) {
    await Promise.all([close(http, 0), figures && close(figures, 0)]);
    await app.stop();
    throw error;
  }
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    health.close();
    await new Promise((resolve) => { setTimeout(resolve, kit.limits.drainSeconds * 1000); });
    await kit.telemetry.flush();
    await close(http, kit.limits.requestMs);
    await app.stop();
    await Promise.all([figures && close(figures, 0), kit.telemetry.close()]);
  };
  return {
    url: urlOf(http),
    ...(figures ? { metricsUrl: urlOf(figures) } : {}),
    stop: () => stopping ??= stop(),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
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
