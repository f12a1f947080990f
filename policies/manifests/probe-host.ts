import { get, type Path } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf } from './pods.ts';

const asked: readonly Path[] = [['livenessProbe'], ['readinessProbe'], ['startupProbe'], ['lifecycle', 'postStart'], ['lifecycle', 'preStop']];

export const probeHost = rule({
  id: 'probe-host',
  why: 'The kubelet asks from the node: with a host of its own, a probe makes it call what the pod may not reach.',
  fix: "Remove host from httpGet and tcpSocket; without it the pod's own address is asked.",
  serves: ['Pod Security Standards, Baseline: Host Probes / Lifecycle Hooks'],
  of: containersOf,
  check: ({ on, at, json }) => asked.flatMap((path) => ['httpGet', 'tcpSocket'].flatMap((way) =>
    (get(json, ...path, way, 'host') === undefined ? [] : [breach(on, [...at, ...path, way, 'host'], 'lets the node call another host')]))),
});
