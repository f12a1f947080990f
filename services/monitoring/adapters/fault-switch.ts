import type { Endpoint } from '../../kit/contract.ts';
import { faultOf, type Fault } from '../../kit/faults/faults.ts';
import { faultPath } from '../../kit/faults/listener.ts';
import type { FaultKind } from '../../kit/faults/kinds.ts';
import type { Kit } from '../../kit/kit.ts';
import { listOf, recordOf } from '../domain/otlp.ts';
import type { Target } from '../domain/targets.ts';

/** The switches of all workloads: on the listener of their figures, with the key that all workloads have. */
export interface FaultSwitch {
  /** Whose faults can be switched; monitoring itself among them. */
  readonly workloads: readonly string[];
  begin(workload: string, fault: Fault): Promise<void>;
  end(workload: string, kind: FaultKind): Promise<void>;
  /** What the process says of itself; undefined when it does not answer in time. */
  faultsOf(workload: string): Promise<readonly Fault[] | undefined>;
}
const PATIENCE_MS = 1000;

export function openFaultSwitch({ call, faults, standard, contract }: Pick<Kit, 'call' | 'faults' | 'standard' | 'contract'>, targets: readonly Target[]): FaultSwitch {
  const endpoints = new Map(targets.map(({ name, url }): [string, Endpoint] => [name, { service: name, url, reference: `${contract.name}.WORKLOADS` }]));
  const token = standard.workloadKey?.reveal() ?? null;
  const endpointOf = (workload: string): Endpoint => {
    const endpoint = endpoints.get(workload);
    if (!endpoint) throw new Error(`${workload} is not among the workloads.`);
    return endpoint;
  };
  // It does not call itself: it switches its own.
  const isSelf = (workload: string) => workload === contract.name;
  return {
    workloads: [...new Set([...endpoints.keys(), contract.name])].toSorted(),
    async begin(workload, fault) {
      if (isSelf(workload)) faults.begin(fault);
      else await call(endpointOf(workload), { method: 'PUT', path: faultPath, body: fault, token, timeoutMs: PATIENCE_MS });
    },
    async end(workload, kind) {
      if (isSelf(workload)) faults.end(kind);
      else await call(endpointOf(workload), { method: 'DELETE', path: `${faultPath}/${kind}`, token, timeoutMs: PATIENCE_MS });
    },
    async faultsOf(workload) {
      if (isSelf(workload)) return faults.list();
      try {
        const { body } = await call(endpointOf(workload), { method: 'GET', path: faultPath, token, timeoutMs: PATIENCE_MS });
        return listOf(recordOf(body)['faults']).flatMap((one) => faultOf(one, Date.now()) ?? []);
      } catch {
        return undefined;
      }
    },
  };
}
