import { get, listOf, textOf } from '../json.ts';
import type { Rendered } from '../rendered.ts';
import { selectedName, type Opening } from './openings.ts';
import { isAfterSync } from './hooks.ts';
import { ofKind, podsOf } from './pods.ts';

/** Openings that no reference declares, because the cluster itself needs them. Each is known by what it lets through, not by its name. */
const shared: readonly ((opening: Opening, rendered: Rendered) => boolean)[] = [
  // every pod asks the cluster's DNS
  ({ direction, peers, ports }) => direction === 'egress' && inNamespace(peers, 'kube-system') && ports.length > 0 && ports.every((p) => p.number === 53),
  // the ingress controller reaches what an Ingress leads to
  (opening, rendered) => opening.direction === 'ingress' && inNamespace(opening.peers, 'ingress-nginx') && portsOf(opening, ingressPorts(rendered, ownName(opening))),
  // … and the pods that answer the ACME challenge for its certificate
  ({ on, direction, peers, ports }) => direction === 'ingress' && inNamespace(peers, 'ingress-nginx') && ports.length === 1
    && get(on.json, 'spec', 'podSelector', 'matchLabels', 'acme.cert-manager.io/http01-solver') === 'true',
  // Prometheus reads the port that a ServiceMonitor or the pod names metrics
  ({ direction, peers, ports }) => direction === 'ingress' && inNamespace(peers, 'monitoring') && ports.length === 1 && ports[0]?.protocol === 'TCP',
  // who has rights in the cluster's API may call it
  (opening, rendered) => opening.direction === 'egress' && opening.ports.length > 0 && opening.ports.every((p) => p.number === 443 || p.number === 6443)
    && opening.peers.length > 0 && opening.peers.every((peer) => get(peer, 'ipBlock') !== undefined) && hasRights(rendered, ownName(opening)),
  // a workload's smoke test asks that workload, on its ports
  (opening, rendered) => isSmoke(opening, rendered),
];

export const isShared = (opening: Opening, rendered: Rendered): boolean => shared.some((is) => is(opening, rendered));

const ownName = ({ on }: Opening): string | undefined => selectedName(get(on.json, 'spec', 'podSelector'));

/** All peers are pods of one namespace of the cluster's own, and none is everybody there. */
const inNamespace = (peers: Opening['peers'], name: string): boolean => peers.length > 0 && peers.every((peer) =>
  get(peer, 'namespaceSelector', 'matchLabels', 'kubernetes.io/metadata.name') === name && get(peer, 'podSelector', 'matchLabels') !== undefined);

const portsOf = ({ ports }: Opening, allowed: readonly unknown[]): boolean => ports.length > 0 && ports.every((p) => allowed.includes(p.number));

/** The container ports behind the Services that an Ingress leads to. */
function ingressPorts(rendered: Rendered, name: string | undefined): readonly unknown[] {
  const services = ofKind('Ingress')(rendered).flatMap((i) => listOf(get(i.json, 'spec', 'rules'))).flatMap((r) => listOf(get(r, 'http', 'paths'))).map((p) => get(p, 'backend', 'service', 'name'));
  const own = ofKind('Service')(rendered).filter((s) => services.includes(s.name) && textOf(get(s.json, 'spec', 'selector', 'app.kubernetes.io/name')) === name);
  const pods = rendered.manifests.flatMap((m) => (selectedName(get(m.json, 'spec', 'selector')) === name ? listOf(get(m.json, 'spec', 'template', 'spec', 'containers')) : []));
  const targets = own.flatMap((s) => listOf(get(s.json, 'spec', 'ports'))).map((port) => get(port, 'targetPort') ?? get(port, 'port'));
  const named = pods.flatMap((c) => listOf(get(c, 'ports'))).filter((port) => targets.includes(get(port, 'name'))).map((port) => get(port, 'containerPort'));
  return [...targets, ...named];
}

/** One end is the pod of a Job that runs after each sync, the other the workload in whose folder the Job stands. */
function isSmoke(opening: Opening, rendered: Rendered): boolean {
  const others = opening.peers.map((peer) => (get(peer, 'namespaceSelector') === undefined && get(peer, 'ipBlock') === undefined ? selectedName(get(peer, 'podSelector')) : undefined));
  const [other] = others;
  if (other === undefined || others.length !== 1) return false;
  const [job, workload] = opening.direction === 'egress' ? [ownName(opening), other] : [other, ownName(opening)];
  const asks = podsOf(rendered).some((pod) => pod.on.workload === workload && isAfterSync(pod.on) && get(pod.metadata, 'labels', 'app.kubernetes.io/name') === job);
  const open = podsOf(rendered).filter((pod) => get(pod.metadata, 'labels', 'app.kubernetes.io/name') === workload)
    .flatMap((pod) => listOf(pod.spec['containers'])).flatMap((c) => listOf(get(c, 'ports'))).map((port) => get(port, 'containerPort'));
  return asks && portsOf(opening, open);
}

function hasRights(rendered: Rendered, name: string | undefined): boolean {
  return ofKind('RoleBinding')(rendered).some((b) => listOf(b.json['subjects']).some((s) => get(s, 'kind') === 'ServiceAccount' && get(s, 'name') === name));
}
