/** What the dashboard reads from its environment; `dashboard/contract.ts` and the standard set name the same keys. */
export interface DashboardEnv {
  readonly host: string;
  readonly port: number;
  readonly gatewayUrl: URL;
  /** Sockets that were handed over (sd_listen_fds(3)); `port` is not opened then. */
  readonly sockets?: { readonly http?: number; readonly probe?: number };
}

/** @throws EnvError that lists every missing or wrong key at once. */
export function dashboardEnv(source: Readonly<Record<string, string | undefined>> = process.env): DashboardEnv {
  const port = Number(source['PORT']);
  const gatewayUrl = httpUrl(source['GATEWAY_URL']);
  const problems = [
    source['HOST'] ? '' : 'HOST is missing: the address to listen on, for example 127.0.0.1',
    /^\d{1,5}$/.test(source['PORT'] ?? '') && port <= 65_535 ? '' : 'PORT must be a number from 0 to 65535',
    gatewayUrl ? '' : 'GATEWAY_URL must be the http(s) URL of the gateway',
  ].filter(Boolean);
  if (problems.length > 0 || !gatewayUrl) throw new EnvError(problems);
  const names = source['LISTEN_FDS'] === undefined ? [] : (source['LISTEN_FDNAMES'] ?? '').split(':');
  const sockets = Object.fromEntries(names.map((name, place) => [name, 3 + place]));
  return { host: source['HOST'] ?? '', port, gatewayUrl, ...(names.length > 0 ? { sockets } : {}) };
}

export class EnvError extends Error {
  override readonly name = 'EnvError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The dashboard cannot start: ${problems.join('; ')}. Fix: ./journey up sets all of them.`);
    this.problems = problems;
  }
}

function httpUrl(text: string | undefined): URL | undefined {
  const url = text && URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}
