import { randomUUID } from 'node:crypto';
import { monitoring } from '../../../services/monitoring/contract.ts';
import type { Fault, FaultKind } from '../../api/monitoring.ts';
import { mustHave, on, Refusal, signedIn, traceIdNow, type Answer } from './refusal.ts';

const { routes } = monitoring;
const kinds: readonly { readonly kind: FaultKind; readonly unit: string; readonly least: number; readonly most: number; readonly about: string }[] = [
  { kind: 'latency', unit: 'ms', least: 1, most: 10_000, about: 'Every request waits so long before it is looked at.' },
  { kind: 'errors', unit: '%', least: 1, most: 100, about: 'So many of the requests are answered with 500.' },
  { kind: 'notReady', unit: '', least: 1, most: 1, about: 'It answers requests, and says that it is not ready.' },
];

/** Faults of the fake: only errors at configuration make something go wrong, for who asks for a change. `clean@localhost` lives where the model allows none. */
export function faults(): { readonly answers: readonly Answer[]; readonly broken: () => boolean } {
  let current: readonly Fault[] = [];
  const broken = () => current.some(({ workload, kind, until }) => workload === 'configuration' && kind === 'errors' && until > Date.now());
  const answers = [
    on(routes.faults, ({ person }) => {
      const allowed = signedIn(person).name !== 'clean@localhost';
      current = current.filter(({ until }) => until > Date.now());
      return { allowed, longestSeconds: 900, workloads: allowed ? ['auth', 'configuration', 'gateway'] : [], kinds, faults: allowed ? current : [] };
    }),
    on(routes.beginFault, ({ person, body }) => {
      const { name } = mustHave(person, 'operator');
      const of = kinds.find(({ kind }) => kind === body['kind']);
      if (body['reason'] === 'fail-503' || !of) throw new Refusal({ status: 502, code: 'upstream_unavailable', title: 'A service behind this one cannot be reached', detail: `${String(body['workload'])} cannot be reached.`, fix: 'Look at ./journey status.', at: String(body['workload']), traceId: traceIdNow() });
      const fault: Fault = { id: randomUUID(), workload: String(body['workload']), kind: of.kind, strength: Number(body['strength']), reason: String(body['reason']), by: name, since: Date.now(), until: Date.now() + Number(body['seconds']) * 1000, holding: 1, answering: 1 };
      current = [...current.filter((each) => each.workload !== fault.workload || each.kind !== fault.kind), fault];
      return fault;
    }),
    on(routes.endFault, ({ person, params }) => {
      mustHave(person, 'operator');
      current = current.filter(({ id }) => id !== params['id']);
      return null;
    }),
  ];
  return { answers, broken };
}
