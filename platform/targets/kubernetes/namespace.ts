import { cluster } from './cluster.ts';
import { limitRange, namespace, quantity, resourceQuota } from './cdk8s.ts';
import { metadataOf } from './metadata.ts';
import type { Described } from './object.ts';
import { amountOf, limitOf, quantitiesOf, usual, type Amount } from './resources.ts';
import { scaleOf } from './scaling.ts';
import type { Owner, Scope } from './scope.ts';
import { smokeAmount } from './smoke.ts';
import { wave } from './wave.ts';

/** Everything is in it, volumes too: no sync takes it away, whatever is missing in git. Taking an environment down is a person's act. */
const kept = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

export function namespaceOf(scope: Scope, owner: Owner): Described {
  const { labels, annotations } = metadataOf(scope, owner, scope.namespace, wave.namespace);
  const levels = ['enforce', 'audit', 'warn'].flatMap((mode): [string, string][] => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, cluster.podSecurityVersion],
  ]);
  return namespace({ metadata: { name: scope.namespace, annotations: { ...annotations, ...kept }, labels: { ...labels, ...Object.fromEntries(levels) } } });
}

/** For containers that say nothing, such as cert-manager's solvers: without it the quota would refuse them. */
export function limitRangeOf(scope: Scope, owner: Owner): Described {
  const amount = { cpu: Number.parseInt(usual.cpu, 10), memory: Number.parseInt(usual.memory, 10) };
  return limitRange({
    metadata: metadataOf(scope, owner, 'defaults', wave.policy),
    spec: { limits: [{ type: 'Container', defaultRequest: quantitiesOf(amount), default: quantitiesOf(limitOf(amount)) }] },
  });
}

/** What else may run: one pod more than the most of each workload (rolling), its migration, its smoke test, and a solver for each public host. */
export function quotaOf(scope: Scope, owner: Owner, backings: readonly (Amount & { readonly storageGi: number })[]): Described {
  const pods = podsOf(scope);
  const requests = sum([...pods, ...backings]);
  const limits = sum([...pods, ...backings].map(limitOf));
  return resourceQuota({
    metadata: metadataOf(scope, owner, 'total', wave.policy),
    spec: {
      hard: {
        'requests.cpu': quantity(`${requests.cpu}m`),
        'requests.memory': quantity(`${requests.memory}Mi`),
        'limits.cpu': quantity(`${limits.cpu}m`),
        'limits.memory': quantity(`${limits.memory}Mi`),
        'requests.storage': quantity(`${backings.reduce((total, { storageGi }) => total + storageGi, 0)}Gi`),
        persistentvolumeclaims: quantity(String(backings.length)),
        pods: quantity(String(pods.length + backings.length)),
        'services.loadbalancers': quantity('0'),
        'services.nodeports': quantity('0'),
      },
    },
  });
}

function podsOf(scope: Scope): Amount[] {
  return Object.entries(scope.platform.workloads).flatMap(([name, workload]) => {
    const extra = 1 + (workload.contract.migrates ? 1 : 0) + (workload.options.public ? 1 : 0);
    return [...Array.from({ length: scaleOf({ scope, name }).max + extra }, () => amountOf(workload)), smokeAmount];
  });
}

const sum = (amounts: readonly Amount[]): Amount =>
  amounts.reduce((total, { cpu, memory }) => ({ cpu: total.cpu + cpu, memory: total.memory + memory }), { cpu: 0, memory: 0 });
