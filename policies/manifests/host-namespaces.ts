import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { podsOf } from './pods.ts';

export const hostNamespaces = rule({
  id: 'host-namespaces',
  why: "In the node's network, process or IPC namespace a pod sees and signals what is not its own, and network policies do not hold for it.",
  fix: 'Remove hostNetwork, hostPID and hostIPC.',
  serves: ['Pod Security Standards, Baseline: Host Namespaces', 'CIS Kubernetes 5.2.3', 'CIS Kubernetes 5.2.4', 'CIS Kubernetes 5.2.5', 'NSA/CISA: Pod security enforcement'],
  of: podsOf,
  check: ({ on, at, spec }) => ['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => spec[key] === true).map((key) => breach(on, [...at, key], `shares the node's namespace (${key})`)),
});
