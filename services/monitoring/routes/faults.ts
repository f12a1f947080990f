import { randomUUID } from 'node:crypto';
import { audit } from '../../kit/adapters/audit.ts';
import { faultKinds, isFaultKind, LONGEST_SECONDS } from '../../kit/faults/kinds.ts';
import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { FaultSwitch } from '../adapters/fault-switch.ts';
import { faultsOn, faultToEnd, keepFault, markEnded, type FaultsDatabase } from '../adapters/faults-table.ts';
import { outOfBounds, stateOf, type Asked } from '../domain/fault.ts';
import { recordOf } from '../domain/otlp.ts';

interface Means { readonly database: FaultsDatabase; readonly switches: FaultSwitch; readonly allowed: boolean }

/** GET /v1/faults: what was asked for, and what the workloads themselves say of it. */
export function listFaults({ database, switches, allowed }: Means) {
  return async (): Promise<Answer> => {
    const on = allowed ? await faultsOn(database, Date.now()) : [];
    const own = new Map(await Promise.all([...new Set(on.map(({ workload }) => workload))].map(async (name) => [name, await switches.faultsOf(name)] as const)));
    return {
      status: 200,
      body: {
        allowed, longestSeconds: LONGEST_SECONDS, workloads: allowed ? switches.workloads : [],
        kinds: Object.entries(faultKinds).map(([kind, { unit, least, most, about }]) => ({ kind, unit, least, most, about })),
        faults: on.map((fault) => ({ ...fault, state: stateOf(fault, own.get(fault.workload)) })),
      },
    };
  };
}

/** POST /v1/faults: recorded, audited and switched on, or none of it. */
export function beginFault({ database, switches, allowed }: Means) {
  return async ({ body, person, traceId }: RouteRequest): Promise<Answer> => {
    if (!allowed) throw problem('conflict', 'The model of this environment allows no faults.', { fix: 'Set `faults: true` in its file below environments/; production has no such setting.' });
    const fault = askedOf(body, person?.name ?? '');
    if (!switches.workloads.includes(fault.workload)) throw problem('not_found', `No workload is called ${fault.workload}, or it takes no faults.`, { fix: `Choose one of ${switches.workloads.join(', ')}.` });
    const { id, workload, kind, strength, reason, until } = fault;
    await database.transaction(async (sql) => {
      await keepFault(sql, fault);
      await audit(sql, { person: fault.by, action: 'monitoring.beginFault', subject: `${workload}/${kind}`, detail: { id, strength, reason, until }, traceId });
      // Last: a fault that nobody could be told of is rolled back. Should the commit fail, it still ends by itself.
      await switches.begin(workload, { kind, strength, until });
    });
    return { status: 201, body: { ...fault, state: 'on' } };
  };
}

/** DELETE /v1/faults/:id. */
export function endFault({ database, switches }: Means) {
  return async ({ params, person, traceId }: RouteRequest): Promise<Answer> => {
    const id = params['id'] ?? '';
    await database.transaction(async (sql) => {
      const now = Date.now();
      const fault = await faultToEnd(sql, id, now);
      if (!fault) throw problem('not_found', 'No such fault is on.', { fix: 'GET /v1/faults lists those that are.' });
      await markEnded(sql, id, now);
      await audit(sql, { person: person?.name ?? '', action: 'monitoring.endFault', subject: `${fault.workload}/${fault.kind}`, detail: { id }, traceId });
      await switches.end(fault.workload, fault.kind);
    });
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
