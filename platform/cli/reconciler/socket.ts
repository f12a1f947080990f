import net from 'node:net';
import { CliError, exit } from '../command.ts';

/** A port of this machine that is held but not listened on: whoever inherits the descriptor listens, and several may accept from it. */
export interface Socket {
  readonly fd: number;
  readonly port: number;
  /** Who has inherited it keeps it. */
  close(): void;
}
interface Handle { readonly fd: number; getsockname(out: object): number; close(): void }

/**
 * As Node's own cluster does for its workers: `net.Server` would begin to accept itself.
 * @param port 0: one that is free
 * @throws {CliError} (5) when somebody else has it
 */
export function bindSocket(port: number): Socket {
  const make: unknown = Reflect.get(net, '_createServerHandle');
  const handle: unknown = typeof make === 'function' ? Reflect.apply(make, net, ['127.0.0.1', port, 4]) : undefined;
  const bound = isHandle(handle) ? portOf(handle) : 0;
  if (isHandle(handle) && (port === 0 || bound === port)) return { fd: handle.fd, port: bound, close: () => handle.close() };
  if (isHandle(handle)) handle.close();
  throw new CliError(exit.missing, { what: `the port ${port} cannot be had`, why: 'another process took it a moment ago', fix: 'Choose new ports: `./journey down && rm .journey/ports.json && ./journey up`.' });
}

function portOf(handle: Handle): number {
  const at: { port?: number } = {};
  return handle.getsockname(at) === 0 ? at.port ?? 0 : 0;
}

function isHandle(value: unknown): value is Handle {
  return typeof value === 'object' && value !== null && 'fd' in value && typeof value.fd === 'number' && 'getsockname' in value && typeof value.getsockname === 'function';
}
