import { isEverywhere } from '../cidr.ts';
import { get, type Path } from '../json.ts';
import { referencesOf } from '../manifest.ts';
import type { Journey, Manifest, Rendered } from '../rendered.ts';
import { breach, type Breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { openingsOf, podNamesOf, selectedName, type Opening } from './openings.ts';
import { ofKind } from './pods.ts';
import { isShared } from './shared-openings.ts';

type Edge = Journey['edges'][number];

export const edgeDeclared = rule({
  id: 'edge-declared',
  why: 'A policy that opens a connection nobody declared is a hole that no drawing shows; one that opens more than its edge says is a larger hole.',
  fix: 'Bind the connection in platform/workloads/ and run ./journey synth; do not write NetworkPolicies by hand.',
  serves: ['CIS Kubernetes 5.3.2', 'NSA/CISA: Network policies'],
  of: ofKind('NetworkPolicy'),
  check: (on, rendered) => {
    const openings = openingsOf(on).filter((o) => !isShared(o, rendered));
    const references = referencesOf(on);
    if (openings.length === 0) return [];
    if (references.length === 0) return openings.map((o) => breach(on, o.at, 'opens a connection, and no reference declares it'));
    if (!rendered.journey) return []; // without the graph the name is all there is to judge
    const edges = rendered.journey.edges.filter((e) => references.includes(e.reference));
    const unknown = references.filter((r) => !edges.some((e) => e.reference === r));
    if (unknown.length > 0) return [breach(on, ['metadata', 'annotations', 'request-journey.dev/declared-by'], `names ${unknown.join(', ')}, which is no edge`)];
    return openings.flatMap((o) => excessOf(on, o, edges, rendered));
  },
});

/** What an opening lets through beyond the edges that it names. */
function excessOf(on: Manifest, { at, direction, peers, ports }: Opening, edges: readonly Edge[], rendered: Rendered): Breach[] {
  const [here, there] = direction === 'egress' ? ['from', 'to'] as const : ['to', 'from'] as const;
  const own = selectedName(get(on.json, 'spec', 'podSelector'));
  const matching = edges.filter((e) => own !== undefined && podNamesOf(rendered, e[here]).includes(own));
  const wide = (path: Path, what: string) => [breach(on, path, what)];
  if (matching.length === 0) return wide(['spec', 'podSelector'], `selects ${own ?? 'more than one workload'}, which is not where its edge ${direction === 'egress' ? 'begins' : 'ends'}`);
  if (peers.length === 0) return wide(at, `opens ${direction} for everybody`);
  const allowed = matching.flatMap((e) => (e.port ? [e.port.number] : []));
  return [
    ...peers.flatMap((peer, i) => (isEnd(peer, matching, there, rendered) ? [] : wide([...at, direction === 'egress' ? 'to' : 'from', i], 'opens a connection to another end than its edge'))),
    ...(ports.length === 0 ? wide([...at, 'ports'], 'opens every port') : []),
    ...ports.flatMap(({ number }, i) => (allowed.length === 0 || allowed.some((a) => a === number) ? [] : wide([...at, 'ports', i], `opens the port ${String(number)}, and its edge says ${allowed.join(', ')}`))),
  ];
}

/** The pods of the edge's other end in the same namespace, or the address range of a backing outside the cluster; never the whole internet. */
function isEnd(peer: Opening['peers'][number], edges: readonly Edge[], there: 'from' | 'to', rendered: Rendered): boolean {
  const cidr = get(peer, 'ipBlock', 'cidr');
  if (cidr !== undefined) return there === 'to' && edges.some((e) => e.kind === 'backing') && !isEverywhere(String(cidr)) && peer['podSelector'] === undefined;
  const name = selectedName(peer['podSelector']);
  return name !== undefined && peer['namespaceSelector'] === undefined && edges.some((e) => podNamesOf(rendered, e[there]).includes(name));
}
