import type { Express, Request, Response } from 'express';
import { admit, bearerOf } from '../access.ts';
import { readJson } from '../body.ts';
import type { Kit } from '../kit.ts';
import { problem } from '../problem.ts';
import { faultOf } from './faults.ts';
import { isFaultKind } from './kinds.ts';

export const faultPath = '/faults';

/**
 * On the listener of probes and figures, which faults do not touch, for the key of the workloads alone: GET lists the faults of this
 * process, PUT begins one, DELETE /faults/:kind ends it. Where the model allows none there is no such path.
 */
export function mountFaults(express: Express, kit: Kit, refuse: (response: Response, error: unknown) => void): void {
  if (!kit.faults.allowed) return;
  const guarded = (handle: (request: Request, response: Response) => Promise<void> | void) => (request: Request, response: Response) =>
    admit(kit, 'workload', bearerOf(request.get('authorization'))).then(() => handle(request, response)).catch((error: unknown) => refuse(response, error));
  const list = (response: Response) => { response.json({ faults: kit.faults.list() }); };
  express.get(faultPath, guarded((_request, response) => list(response)));
  express.put(faultPath, guarded(async (request, response) => {
    const fault = faultOf(await readJson(request, response, { maxBytes: 1024, plainText: true }), Date.now());
    if (!fault) throw problem('invalid_body', 'This is no fault: its kind, strength or end is out of bounds.');
    kit.faults.begin(fault);
    kit.log.warn('a fault was switched on', { ...fault });
    list(response);
  }));
  express.delete(`${faultPath}/:kind`, guarded((request, response) => {
    const kind = request.params['kind'];
    if (isFaultKind(kind)) kit.faults.end(kind);
    kit.log.warn('a fault was switched off', { kind });
    list(response);
  }));
}
