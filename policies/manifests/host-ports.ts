import { get, listOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf } from './pods.ts';

export const hostPorts = rule({
  id: 'host-ports',
  why: "A port on the node's address goes around Services, Ingress and network policies.",
  fix: 'Remove hostPort; a Service reaches the containerPort.',
  serves: ['Pod Security Standards, Baseline: Host Ports', 'CIS Kubernetes 5.2.13', 'NSA/CISA: Pod security enforcement'],
  of: containersOf,
  check: ({ on, at, json }) => listOf(json['ports']).flatMap((port, i) =>
    ([undefined, 0].some((none) => get(port, 'hostPort') === none) ? [] : [breach(on, [...at, 'ports', i, 'hostPort'], "listens on the node's address")])),
});
