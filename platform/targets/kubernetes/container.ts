import { drainSeconds, healthPaths } from '../../../services/kit/standard.ts';
import { portsOf, scrapeOf } from '../../model/index.ts';
import { intOrString, type Container, type Probe } from './cdk8s.ts';
import { variable, type Entry } from './env.ts';
import { amountOf, requirementsOf } from './resources.ts';
import type { Deployed } from './scope.ts';
import { containerSecurity, scratch } from './security.ts';

export const temporary = scratch('tmp', '/tmp');

/**
 * The pod sleeps before it is told to stop, until no proxy sends it new requests; then the kit fails readiness, drains as long
 * again, and has the rest for requests that are still open.
 */
export const graceSeconds = drainSeconds * 2 + 15;

/** The container that serves. */
export function serverOf(deployed: Deployed, entries: readonly Entry[]): Container {
  return {
    ...commonOf(deployed, entries, deployed.name, []),
    ports: portsOf(deployed.workload.contract).map(({ name, number }) => ({ name, containerPort: number, protocol: 'TCP' })),
    startupProbe: probe(deployed, healthPaths.live, { periodSeconds: 1, failureThreshold: 60 }),
    livenessProbe: probe(deployed, healthPaths.live, { periodSeconds: 10, failureThreshold: 3 }),
    readinessProbe: probe(deployed, healthPaths.ready, { periodSeconds: 5, failureThreshold: 2 }),
    // Not `sleep: …`, which 1.28 does not know yet.
    lifecycle: { preStop: { exec: { command: ['sleep', String(drainSeconds)] } } },
  };
}

/** The container that runs one of the workload's commands and ends. */
export const commandOf = (deployed: Deployed, entries: readonly Entry[], command: string): Container => commonOf(deployed, entries, command, [command]);

function commonOf(deployed: Deployed, entries: readonly Entry[], name: string, args: string[]): Container {
  const { contract } = deployed.workload;
  return {
    name,
    image: deployed.image,
    imagePullPolicy: 'IfNotPresent',
    command: ['node', `${contract.folder ?? `services/${contract.name}`}/main.ts`, ...args],
    env: entries.map((entry) => variable(deployed, entry)),
    resources: requirementsOf(amountOf(deployed.workload)),
    securityContext: containerSecurity,
    volumeMounts: [temporary.mount],
  };
}

/** Health is answered where metrics are, away from the public port, if there is such a port. */
function probe({ workload }: Deployed, path: string, how: Partial<Probe>): Probe {
  return { httpGet: { path, port: intOrString(scrapeOf(workload).name) }, timeoutSeconds: 2, ...how };
}
