import type { RequestHandler } from 'express';
import type { Socket } from 'node:net';
import type { Faults } from './faults.ts';
import { heldPath } from './follow.ts';
import { problem } from '../problem.ts';
import { stateOf } from '../request-state.ts';

/** The kinds `latency` and `errors`: before anything of the request is looked at. The span says so. Asking for faults is spared: they could not be ended before their time. */
export function spoilRequests(faults: Faults): RequestHandler {
  return (request, _response, next) => {
    const ms = faults.strength('latency');
    const fails = faults.hits('errors');
    if ((ms === 0 && !fails) || request.path === heldPath) return next();
    stateOf(request).span.setAttribute('journey.fault', [ms > 0 ? `latency ${ms} ms` : [], fails ? 'errors' : []].flat().join(', '));
    const go = () => (fails ? next(problem('fault_injected', 'The fault `errors` is on for this workload.')) : next());
    return ms === 0 ? go() : void setTimeout(go, ms);
  };
}

interface Listener {
  on(event: 'connection', knock: (socket: Socket) => void): unknown;
  closeAllConnections(): void;
}

/** The kind `refused`: who knocks is turned away, and who is in has to leave. */
export function refuseConnections(faults: Faults, server: Listener): void {
  let refuses = false;
  server.on('connection', (socket) => { if (refuses) socket.destroy(); });
  faults.follow('refused', (strength) => {
    refuses = strength > 0;
    if (refuses) server.closeAllConnections();
  });
}
