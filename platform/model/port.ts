import type { Contract } from '../../services/kit/contract.ts';
import { ModelError } from './release.ts';

/** One listener of a workload: its name in the contract, and its number. */
export interface Port { readonly name: string; readonly number: number }

/** The port that it serves on: the one that is not `metrics`. @throws {ModelError} when there is none, or more than one */
export function servingPort(contract: Contract): Port {
  const [port, ...more] = servingPorts(contract);
  if (port && more.length === 0) return port;
  const where = `${contract.folder ?? `services/${contract.name}`}/contract.ts`;
  const found = port ? [port, ...more].map(({ name }) => `"${name}"`).join(' and ') : 'no port';
  throw new ModelError(where, `the contract "${contract.name}" serves on ${found}, and must on exactly one`, 'Name one port besides `metrics` in its `ports`.');
}

/** What Prometheus and the telemetry role read; absent where the contract has no such port. */
export function metricsPort({ ports }: Contract): Port | undefined {
  return ports.metrics === undefined ? undefined : { name: 'metrics', number: ports.metrics };
}

/** All its ports, the serving one first. @throws {ModelError} as `servingPort` */
export function portsOf(contract: Contract): readonly [Port, ...Port[]] {
  const metrics = metricsPort(contract);
  return [servingPort(contract), ...(metrics ? [metrics] : [])];
}

function servingPorts({ ports }: Contract): Port[] {
  return Object.entries(ports).flatMap(([name, number]) => (name === 'metrics' ? [] : [{ name, number }]));
}
