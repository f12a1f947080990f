/**
 * Listening sockets that somebody opened before this process and handed to it, as systemd does (sd_listen_fds(3)): while one
 * release takes the place of another both accept from the same socket, so no connection is refused or lost. LISTEN_PID is not asked for:
 * who spawns a process does not know its number before.
 */
export interface Sockets {
  /** Shared with other processes of the workload. */
  readonly http?: number;
  readonly metrics?: number;
  /** This process's own: health and figures of nobody else. */
  readonly probe?: number;
}

/** The first descriptor that carries a socket. */
const FIRST = 3;

/** @returns undefined where nothing was handed over: the process then opens its own ports */
export function socketsOf(source: Readonly<Record<string, string | undefined>>): Sockets | undefined {
  const count = Number(source['LISTEN_FDS'] ?? '0');
  if (!Number.isInteger(count) || count < 1) return undefined;
  const names = (source['LISTEN_FDNAMES'] ?? '').split(':').slice(0, count);
  return Object.fromEntries(names.map((name, place) => [name, FIRST + place]));
}
