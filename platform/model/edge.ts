import type { StandardEdge } from '../../services/kit/contract.ts';
import type { Platform } from './platform.ts';
import { metricsPort, servingPort, type Port } from './port.ts';
import { isRef, type BackingKind } from './reference.ts';
import type { Workload } from './service.ts';
import type { SourceLine } from './source.ts';

/** One permission to reach something. Everything that draws, allows or denies a connection reads this list. */
export interface Edge {
  /** `gateway.AUTH_URL`, or `gateway.TELEMETRY_URL` for a standard edge. */
  readonly reference: string;
  readonly from: string;
  readonly to: string;
  readonly kind: 'service' | 'backing' | 'standard';
  /** The kind of backing, for `backing` edges. */
  readonly backing?: BackingKind;
  /** The port of the target workload, for `service` and `standard` edges. */
  readonly port?: Port;
  readonly declaredAt: SourceLine;
}

const STANDARD: readonly StandardEdge[] = ['telemetry', 'keys', 'scrape'];

/** All edges of a platform: each workload's references in the order of its contract, then the standard set. */
export function edgesOf(platform: Platform): readonly Edge[] {
  return Object.entries(platform.workloads).flatMap(([name, workload]) => [
    ...declaredEdges(platform, name, workload),
    ...standardEdges(platform, name, workload),
  ]);
}

/** The standard edges a workload takes part in. */
export function standardOf(workload: Workload): readonly StandardEdge[] {
  return workload.contract.standard ?? STANDARD;
}

function declaredEdges(platform: Platform, from: string, workload: Workload): Edge[] {
  return Object.keys(workload.contract.env).flatMap((key): Edge[] => {
    const bound = workload.options.env[key];
    if (bound === undefined || !isRef(bound) || bound.kind === 'secret' || bound.kind === 'address') return [];
    const common = { reference: `${from}.${key}`, from, to: bound.target, declaredAt: bound.declaredAt };
    if (bound.kind === 'service') return [{ ...common, kind: 'service', port: servingPortOf(platform, bound.target) }];
    return [{ ...common, kind: 'backing', backing: bound.kind as BackingKind }];
  });
}

function standardEdges(platform: Platform, name: string, workload: Workload): Edge[] {
  const declaredAt: SourceLine = workload.declaredAt;
  const { telemetry, keys } = platform.standard;
  return standardOf(workload).flatMap((edge): Edge[] => {
    if (edge === 'scrape') {
      return name === telemetry ? [] : [{ reference: `${telemetry}.WORKLOADS`, from: telemetry, to: name, kind: 'standard', port: scrapeOf(workload), declaredAt }];
    }
    const to = edge === 'telemetry' ? telemetry : keys;
    const reference = `${name}.${edge === 'telemetry' ? 'TELEMETRY_URL' : 'KEYS_URL'}`;
    return name === to ? [] : [{ reference, from: name, to, kind: 'standard', port: servingPortOf(platform, to), declaredAt }];
  });
}

function servingPortOf(platform: Platform, name: string): Port {
  const target = platform.workloads[name];
  if (!target) throw new Error(`No workload "${name}" in the platform.`);
  return servingPort(target.contract);
}

/** The port that the scraper reads: metrics where there is one, else the serving one (health only). */
export function scrapeOf({ contract }: Workload): Port {
  return metricsPort(contract) ?? servingPort(contract);
}
