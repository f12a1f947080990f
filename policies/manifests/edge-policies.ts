import { get } from '../json.ts';
import { referencesOf } from '../manifest.ts';
import type { Journey, Rendered } from '../rendered.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { openingsOf, podNamesOf, selectedName } from './openings.ts';
import { ofKind, podsOf } from './pods.ts';

type Edge = Journey['edges'][number];

export const edgePolicies = rule({
  id: 'edge-policies',
  why: 'Over a default deny a declared edge without its policies is a call that times out, and only in the cluster.',
  fix: 'Run ./journey synth; each reference renders one policy for who calls and one for who is called.',
  serves: ['NSA/CISA: Network policies', 'CIS Kubernetes 5.3.2'],
  of: (rendered) => (rendered.whole ? (rendered.journey?.edges ?? []).map((edge, index) => ({ edge, index })) : []),
  check: ({ edge, index }, rendered) => {
    const journey = rendered.journey;
    const where = { file: journey?.file ?? '', object: `edge ${edge.reference}`, workload: edge.from, reference: edge.reference };
    const inCluster = podsOf(rendered).some((pod) => get(pod.metadata, 'labels', 'app.kubernetes.io/name') === edge.to);
    return [
      ...(opens(rendered, edge, 'egress') ? [] : [breach(where, ['edges', index], `no NetworkPolicy lets ${edge.from} call ${edge.to}`)]),
      ...(!inCluster || opens(rendered, edge, 'ingress') ? [] : [breach(where, ['edges', index], `no NetworkPolicy lets ${edge.to} be called by ${edge.from}`)]),
    ];
  },
});

/** Is there a policy that names the edge, selects this end of it and opens towards the other? */
function opens(rendered: Rendered, edge: Edge, direction: 'ingress' | 'egress'): boolean {
  const [own, other] = direction === 'egress' ? [edge.from, edge.to] : [edge.to, edge.from];
  return ofKind('NetworkPolicy')(rendered).filter((p) => referencesOf(p).includes(edge.reference) && selectedName(get(p.json, 'spec', 'podSelector')) === own)
    .flatMap(openingsOf).some((o) => o.direction === direction && o.peers.some((peer) => reaches(rendered, peer, other)) && hasPort(o.ports, edge));
}

const reaches = (rendered: Rendered, peer: unknown, name: string): boolean =>
  get(peer, 'ipBlock') !== undefined || podNamesOf(rendered, name).includes(selectedName(get(peer, 'podSelector')) ?? '');

const hasPort = (ports: ReturnType<typeof openingsOf>[number]['ports'], edge: Edge): boolean => edge.port === undefined || ports.some((p) => p.number === edge.port?.number);
