import type { Request, RequestHandler } from 'express';
import type { Socket } from 'node:net';
import { Counter } from 'prom-client';
import { callerHeader, openProofs } from './caller.ts';
import { heldPath } from './faults/follow.ts';
import type { Kit } from './kit.ts';
import { processBehind } from './peer.ts';

/** On a laptop the process behind a connection can be named; beyond it, who calls without a proof stays `unknown`. */
const LAPTOP = '127.0.0.1';
/** Looking costs some milliseconds: at most this often in a second, and once for a connection. */
const LOOKS = 2;

/**
 * Counts who calls: what came with a proof, by its reference; what came without one, by the process that holds the other end of the
 * connection, else as `unknown`. At the door everybody may come, so strangers are not counted there.
 */
export function countCallers(kit: Kit, isDoor: boolean, look = processBehind): RequestHandler {
  const { workloadKey, host } = kit.standard;
  const proven = openProofs(workloadKey);
  const counter = new Counter({ name: 'http_server_callers_total', help: 'Requests by who sent them.', labelNames: ['caller', 'journey_reference'], registers: [kit.metrics] });
  const behind = new WeakMap<Socket, string>();
  let [second, looks] = [0, 0];

  function nameOf({ socket }: Request): string {
    const known = behind.get(socket);
    if (known !== undefined) return known;
    const now = Math.floor(performance.now() / 1000);
    [second, looks] = now === second ? [second, looks + 1] : [now, 1];
    if (host !== LAPTOP || looks > LOOKS) return 'unknown';
    const found = look(socket);
    behind.set(socket, found);
    return found;
  }
  return (request, _response, next) => {
    // Every second, by every workload: it would only count itself.
    if (request.path === heldPath) return next();
    const reference = proven(request.get(callerHeader));
    if (reference !== undefined) counter.inc({ caller: reference.split('.')[0] ?? '', journey_reference: reference });
    else {
      const caller = nameOf(request);
      // Our own command line looks at workloads; it is none.
      if (caller !== 'cli' && !(isDoor && caller === 'unknown')) counter.inc({ caller, journey_reference: '' });
    }
    return next();
  };
}
