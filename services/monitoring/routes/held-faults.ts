import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { FaultBoard } from '../adapters/fault-board.ts';
import { listOf, recordOf } from '../domain/otlp.ts';

/** POST /v1/faults/held: for the key of the workloads. Where the model allows no faults there is no such path. */
export function heldFaults({ board, allowed }: { readonly board: FaultBoard; readonly allowed: boolean }) {
  return async ({ body }: RouteRequest): Promise<Answer> => {
    if (!allowed) throw problem('not_found', 'The model of this environment allows no faults.');
    const { workload, instance, held } = recordOf(body);
    const wanted = await board.ask({ workload: String(workload), instance: String(instance), held: listOf(held).map(String), at: Date.now() });
    const now = Date.now();
    return { status: 200, body: { faults: wanted.map(({ id, kind, strength, until }) => ({ id, kind, strength, leftMs: until - now })).filter(({ leftMs }) => leftMs > 0) } };
  };
}
