import type { StandardEdge } from '../../../services/kit/contract.ts';
import {
  isKnob, isRef, knobNameOf, knobValueOf, standardOf,
  type AnyBinding, type Edge, type LocalEnvironment, type Platform, type Port, type Workload,
} from '../../model/index.ts';

/** On a laptop a listener goes by what it is for: `http` is the serving port, whatever the contract calls it. */
export type PortName = 'http' | 'metrics';
export const portNameOf = ({ name }: Port): PortName => (name === 'metrics' ? 'metrics' : 'http');

/** The value of one env entry: known now (`knob`: by the knob of this name), or to be filled in by the runner when it has chosen ports and passwords. */
export type LocalValue =
  | { readonly from: 'literal'; readonly value: string; readonly knob?: string }
  /** The number of one of its own ports. */
  | { readonly from: 'port'; readonly port: PortName }
  /** `http://127.0.0.1:<http port>` of a workload, without a slash at its end. */
  | { readonly from: 'service'; readonly service: string }
  /** The URL of a backing, with the credentials of its own role. */
  | { readonly from: 'backing'; readonly backing: string }
  /** A value of the installation's secret store. */
  | { readonly from: 'secret'; readonly secret: string }
  /** What tells two installations on one host apart. */
  | { readonly from: 'installation' }
  /** The revision that really runs: `worktree` or 40 hexadecimal digits. */
  | { readonly from: 'revision' }
  /** `name=url` pairs, comma-separated, of the named ports: what the scraper reads. */
  | { readonly from: 'workloads'; readonly workloads: readonly { readonly name: string; readonly port: PortName }[] };

/** The secret that every workload sends its telemetry with. */
export const WORKLOAD_KEY_SECRET = 'workload-key';

/** All env entries of a workload's process: the standard set, then its contract's, each once. */
export function envOf(
  platform: Platform, environment: LocalEnvironment, name: string, workload: Workload, edges: readonly Edge[],
): Readonly<Record<string, LocalValue>> {
  return {
    HOST: literal('127.0.0.1'),
    PORT: { from: 'port', port: 'http' },
    ...(workload.contract.ports.metrics === undefined ? {} : { METRICS_PORT: { from: 'port', port: 'metrics' } }),
    ENVIRONMENT: literal(environment.name),
    INSTALLATION: { from: 'installation' },
    REVISION: { from: 'revision' },
    ...(environment.faults && workload.contract.ports.metrics !== undefined ? { FAULTS: literal('yes') } : {}),
    ...standardEnv(platform, name, standardOf(workload), edges),
    ...declaredEnv(platform, environment, workload),
  };
}

/** A workload that plays a role itself gets its own URL: the kit needs no special case, and a process may always call itself. */
function standardEnv(platform: Platform, name: string, standard: readonly StandardEdge[], edges: readonly Edge[]): Record<string, LocalValue> {
  const { telemetry, keys } = platform.standard;
  return {
    ...(standard.includes('telemetry')
      ? { TELEMETRY_URL: { from: 'service', service: telemetry }, WORKLOAD_KEY: { from: 'secret', secret: WORKLOAD_KEY_SECRET } } as const
      : {}),
    ...(standard.includes('keys') ? { KEYS_URL: { from: 'service', service: keys } } as const : {}),
    ...(name === telemetry ? { WORKLOADS: { from: 'workloads', workloads: scrapedBy(name, edges) } } as const : {}),
  };
}

function scrapedBy(name: string, edges: readonly Edge[]): { name: string; port: PortName }[] {
  return edges
    .filter((edge) => edge.reference === `${name}.WORKLOADS`)
    .map((edge) => ({ name: edge.to, port: edge.port ? portNameOf(edge.port) : 'http' }));
}

function declaredEnv(platform: Platform, environment: LocalEnvironment, workload: Workload): Record<string, LocalValue> {
  return Object.fromEntries(Object.keys(workload.contract.env).flatMap((key): [string, LocalValue][] => {
    const bound = workload.options.env[key];
    return bound === undefined ? [] : [[key, valueOf(platform, environment, bound)]];
  }));
}

function valueOf(platform: Platform, environment: LocalEnvironment, bound: AnyBinding): LocalValue {
  if (isKnob(bound)) return { ...literal(knobValueOf(platform, environment, bound)), knob: knobNameOf(platform, bound) };
  if (!isRef(bound)) return literal(bound);
  if (bound.kind === 'service') return { from: 'service', service: bound.target };
  if (bound.kind === 'address') return platform.workloads[bound.target] === undefined ? literal('none:') : { from: 'service', service: bound.target };
  if (bound.kind === 'secret') return { from: 'secret', secret: bound.target };
  return { from: 'backing', backing: bound.target };
}

const literal = (value: string | number) => ({ from: 'literal', value: String(value) }) as const;
