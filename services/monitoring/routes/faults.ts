import { randomUUID } from 'node:crypto';
import { audit } from '../../kit/adapters/audit.ts';
import { faultKinds, isFaultKind, LONGEST_SECONDS } from '../../kit/faults/kinds.ts';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { FaultBoard } from '../adapters/fault-board.ts';
import { faultsOn, faultToEnd, keepFault, markEnded, type FaultsDatabase } from '../adapters/faults-table.ts';
import { forgetHolders } from '../adapters/holders-table.ts';
import { ANSWERS_MS, holds, outOfBounds, reachOf, type Asked } from '../domain/fault.ts';
import { recordOf } from '../domain/otlp.ts';

interface Means { readonly database: FaultsDatabase; readonly board: FaultBoard; readonly workloads: readonly string[]; readonly allowed: boolean }

/** Longer than the second after which every process asks again. */
const TAKEN_MS = 3000;
const LEFT_MS = 2000;

/** GET /v1/faults: what was asked for, and what the workloads themselves say of it. */
export function listFaults({ database, board, workloads, allowed }: Means) {
  return async (): Promise<Answer> => {
    const on = allowed ? await faultsOn(database, Date.now()) : [];
    const answering = new Map(await Promise.all([...new Set(on.map(({ workload }) => workload))].map(async (name) => [name, await board.answering(name)] as const)));
    return {
      status: 200,
      body: {
        allowed, longestSeconds: LONGEST_SECONDS, workloads: allowed ? workloads : [],
        kinds: Object.entries(faultKinds).map(([kind, { unit, least, most, about }]) => ({ kind, unit, least, most, about })),
        faults: on.map((fault) => ({ ...fault, ...reachOf(fault, answering.get(fault.workload) ?? []) })),
      },
    };
  };
}

/** POST /v1/faults: recorded and audited, then answered when every process that is known holds it. One that nobody takes is ended again, and both are in the audit. */
export function beginFault({ database, board, workloads, allowed }: Means) {
  return async ({ body, person, traceId }: RouteRequest): Promise<Answer> => {
    if (!allowed) throw problem('conflict', 'The model of this environment allows no faults.', { fix: 'Set `faults: true` in its file below environments/; production has no such setting.' });
    const fault = askedOf(body, person?.name ?? '');
    if (!workloads.includes(fault.workload)) throw problem('not_found', `No workload is called ${fault.workload}, or it takes no faults.`, { fix: `Choose one of ${workloads.join(', ')}.` });
    const { id, workload, kind, strength, reason, until } = fault;
    const said = { person: fault.by, subject: `${workload}/${kind}`, traceId };
    await database.transaction(async (sql) => {
      await forgetHolders(sql, fault.since - ANSWERS_MS);
      await keepFault(sql, fault);
      await audit(sql, { ...said, action: 'monitoring.beginFault', detail: { id, strength, reason, until } });
    });
    board.changed();
    const answering = await board.settled(workload, (all) => all.length > 0 && all.every(holds(id)), TAKEN_MS);
    if (answering.some(holds(id))) return { status: 201, body: { ...fault, ...reachOf(fault, answering) } };
    await database.transaction(async (sql) => {
      await markEnded(sql, id, Date.now());
      await audit(sql, { ...said, action: 'monitoring.endFault', detail: { id, why: 'no process took it' } });
    });
    board.changed();
    throw problem('upstream_unavailable', `No process of ${workload} took the fault within ${TAKEN_MS / 1000} s, so it was ended again.`, { at: workload, fix: `See whether ${workload} runs, with a release that asks for its faults, and try again.` });
  };
}

/** DELETE /v1/faults/:id: answered when no process holds it any more, or a little later; then it ends at its time at the latest. */
export function endFault({ database, board }: Means) {
  return async ({ params, person, traceId }: RouteRequest): Promise<Answer> => {
    const id = params['id'] ?? '';
    const { workload } = await database.transaction(async (sql) => {
      const now = Date.now();
      const fault = await faultToEnd(sql, id, now);
      if (!fault) throw problem('not_found', 'No such fault is on.', { fix: 'GET /v1/faults lists those that are.' });
      await markEnded(sql, id, now);
      await audit(sql, { person: person?.name ?? '', action: 'monitoring.endFault', subject: `${fault.workload}/${fault.kind}`, detail: { id }, traceId });
      return fault;
    });
    board.changed();
    await board.settled(workload, (all) => !all.some(holds(id)), LEFT_MS);
    return { status: 204 };
  };
}

function askedOf(body: unknown, by: string): Asked {
  const { workload, kind, strength, seconds, reason } = recordOf(body);
  if (!isFaultKind(kind) || typeof strength !== 'number' || typeof seconds !== 'number') throw problem('invalid_body', 'Send workload, kind, strength, seconds and reason.');
  const wrong = outOfBounds(kind, strength);
  if (wrong !== undefined) throw problem('invalid_body', 'The strength is out of bounds.', { errors: [{ path: '/body/strength', message: wrong }] });
  const since = Date.now();
  return { id: randomUUID(), workload: String(workload), kind, strength, reason: String(reason), by, since, until: since + seconds * 1000 };
}
