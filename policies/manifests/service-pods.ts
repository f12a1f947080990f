import { get, includes, isRecord, listOf, textOf } from '../json.ts';
import type { Manifest } from '../rendered.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { isWhole } from './namespaces.ts';
import { ofKind, podsOf, type Pod } from './pods.ts';

export const servicePods = rule({
  id: 'service-pods',
  why: 'A Service that selects nobody, or a port that nobody opens, answers every call with "connection refused" and tells no one.',
  fix: "Make the selector match the pods' labels and targetPort one of their ports.",
  serves: ['Kubernetes documentation: Service'],
  of: (rendered) => ofKind('Service')(rendered).filter((on) => isWhole(rendered, on) && get(on.json, 'spec', 'selector') !== undefined),
  check: (on, rendered) => {
    const pods = podsOf(rendered).filter((pod) => pod.on.namespace === on.namespace && includes(get(pod.metadata, 'labels'), get(on.json, 'spec', 'selector')));
    if (pods.length === 0) return [breach(on, ['spec', 'selector'], 'selects no pod')];
    return closedPorts(on, pods);
  },
});

function closedPorts(on: Manifest, pods: readonly Pod[]) {
  const open = pods.flatMap((pod) => [...listOf(pod.spec['containers']), ...listOf(pod.spec['initContainers'])]).flatMap((c) => listOf(get(c, 'ports'))).filter(isRecord);
  return listOf(get(on.json, 'spec', 'ports')).flatMap((port, i) => {
    const target = get(port, 'targetPort') ?? get(port, 'port');
    const found = open.some((p) => (textOf(target) === undefined ? p['containerPort'] === target : p['name'] === target));
    return found ? [] : [breach(on, ['spec', 'ports', i], `leads to the port ${String(target)}, which no pod opens`)];
  });
}
