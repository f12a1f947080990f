import type { LocalProcess } from '../../targets/local/plan.ts';
import type { Ports } from '../runner/ports.ts';
import { bindSocket, type Socket } from './socket.ts';

/** The addresses of one workload: they stay while its processes come and go. */
export interface Sockets {
  /** In the order of `names`. */
  readonly all: readonly Socket[];
  readonly names: readonly string[];
  /** Refuses callers at once until somebody listens again: what nobody will answer must not wait. Only while no process lives. */
  refuse(): void;
  close(): void;
}

/** @throws {CliError} (5) for a port that somebody else took meanwhile */
export function bindSockets(process: Pick<LocalProcess, 'name' | 'ports'>, ports: Ports): Sockets {
  const numbers = process.ports.map((name) => ports[`${process.name}.${name}`] ?? 0);
  let all = numbers.map(bindSocket);
  const close = () => all.forEach((one) => one.close());
  return {
    get all() { return all; },
    names: process.ports,
    refuse() {
      close();
      try {
        all = numbers.map(bindSocket);
      } catch {
        // A process that was just started holds it still: it answers for itself, and the next start binds anew.
      }
    },
    close,
  };
}
