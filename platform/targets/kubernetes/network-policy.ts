import { metricsPort, servingPort, type Edge } from '../../model/index.ts';
import { placeOf } from './place.ts';
import { cluster } from './cluster.ts';
import { metadataOf, selectorOf } from './metadata.ts';
import { plain, type Described, type Plain } from './object.ts';
import type { Deployed, Owner, Scope } from './scope.ts';
import { wave } from './wave.ts';

/** What one kind of pod may call: a policy for each target, whatever the number of references to it. */
export function egressOf(scope: Scope, owner: Owner): Described[] {
  return [...Map.groupBy(scope.edgesFrom.get(owner.name) ?? [], (edge) => edge.to)].map(([to, edges]) => {
    const place = edges[0]?.kind === 'backing' ? placeOf(scope, to) : undefined;
    const peer = place?.in === 'network' ? { ipBlock: { cidr: place.cidr } } : podsOf(scope, to);
    return egress(scope, owner, to, peer, place ? [place.port] : portsOf(edges), referencesOf(edges));
  });
}

/** Who may call one kind of pod. `port` is given for a backing, which has one. */
export function ingressOf(scope: Scope, owner: Owner, port?: number): Described[] {
  return [...Map.groupBy(scope.edgesTo.get(owner.name) ?? [], (edge) => edge.from)].map(([from, edges]) =>
    ingress(scope, owner, from, podsOf(scope, from), port === undefined ? portsOf(edges) : [port], referencesOf(edges)));
}

/** Both ends of a connection that is no edge of the platform: what one Job asks the workload that it belongs to. */
export const openedTo = (scope: Scope, from: Owner, to: Owner, ports: readonly number[]): Described[] =>
  [egress(scope, from, to.name, podsOf(scope, to.name), ports), ingress(scope, to, from.name, podsOf(scope, from.name), ports)];

/** What a workload's options open beyond its references: its public host, its metrics, the cluster's API. */
export function openingsOf({ scope, owner, workload }: Deployed): Described[] {
  const metrics = metricsPort(workload.contract);
  return [
    ...(workload.options.public ? [ingress(scope, owner, 'ingress-controller', cluster.ingressController, [servingPort(workload.contract).number])] : []),
    ...(metrics ? [ingress(scope, owner, 'prometheus', cluster.prometheus, [metrics.number])] : []),
    ...(workload.options.kubernetes?.length
      ? [egress(scope, owner, 'kubernetes-api', { ipBlock: { cidr: scope.environment.cloud.cidr } }, cluster.apiPorts)] : []),
  ];
}

/** Nothing comes in and nothing goes out, except to ask for a name; every other policy is an exception to it. */
export function defaultsOf(scope: Scope, owner: Owner): Described[] {
  const isPublic = Object.values(scope.platform.workloads).some((workload) => workload.options.public);
  return [
    policy(scope, owner, 'default-deny', {}, { policyTypes: ['Ingress', 'Egress'] }),
    policy(scope, owner, 'allow-dns', {}, {
      policyTypes: ['Egress'],
      egress: [{ to: [cluster.dns], ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] }],
    }),
    ...(isPublic ? [policy(scope, owner, 'acme-solver-from-ingress-controller', { matchLabels: cluster.acmeSolver.labels }, {
      policyTypes: ['Ingress'], ingress: [{ from: [cluster.ingressController], ports: tcp([cluster.acmeSolver.port]) }],
    })] : []),
  ];
}

function egress(scope: Scope, owner: Owner, to: string, peer: Plain, ports: readonly number[], declaredBy: readonly string[] = []): Described {
  return policy(scope, owner, `${owner.name}-to-${to}`, podsOf(scope, owner.name).podSelector, { policyTypes: ['Egress'], egress: [{ to: [peer], ports: tcp(ports) }] }, declaredBy);
}

function ingress(scope: Scope, owner: Owner, from: string, peer: Plain, ports: readonly number[], declaredBy: readonly string[] = []): Described {
  return policy(scope, owner, `${owner.name}-from-${from}`, podsOf(scope, owner.name).podSelector, { policyTypes: ['Ingress'], ingress: [{ from: [peer], ports: tcp(ports) }] }, declaredBy);
}

function policy(scope: Scope, owner: Owner, name: string, podSelector: Plain, rules: Plain, declaredBy: readonly string[] = []): Described {
  const metadata = metadataOf(scope, owner, name, wave.policy, declaredBy);
  return plain({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec: { podSelector, ...rules } }, declaredBy);
}

const podsOf = (scope: Scope, name: string) => ({ podSelector: { matchLabels: selectorOf(scope, name) } });
const tcp = (ports: readonly number[]) => ports.map((port) => ({ port, protocol: 'TCP' }));
const referencesOf = (edges: readonly Edge[]): string[] => [...new Set(edges.map((edge) => edge.reference))];
const portsOf = (edges: readonly Edge[]): number[] => [...new Set(edges.flatMap((edge) => (edge.port ? [edge.port.number] : [])))].toSorted((a, b) => a - b);
