import { entriesOf, get, isRecord, listOf, textOf, type Json, type Path } from '../json.ts';
import type { Manifest, Rendered } from '../rendered.ts';
import { podsOf } from './pods.ts';

/** One rule of a NetworkPolicy: who is let through, in which direction, to which ports. */
export interface Opening {
  readonly on: Manifest;
  readonly at: Path;
  readonly direction: 'ingress' | 'egress';
  readonly peers: readonly Json[];
  /** Numbers, and names where a port is named; empty: every port. */
  readonly ports: readonly Port[];
}
export interface Port { readonly number: unknown; readonly protocol: string }

export function openingsOf(on: Manifest): readonly Opening[] {
  return (['ingress', 'egress'] as const).flatMap((direction) => listOf(get(on.json, 'spec', direction)).map((one, i): Opening => ({
    on, direction, at: ['spec', direction, i],
    peers: listOf(get(one, direction === 'ingress' ? 'from' : 'to')).filter(isRecord),
    ports: listOf(get(one, 'ports')).map((port) => ({ number: get(port, 'endPort') === undefined ? get(port, 'port') : 'a range', protocol: textOf(get(port, 'protocol')) ?? 'TCP' })),
  })));
}

/** The name that a selector selects by; undefined when it selects by less, by more than name and instance, or by nothing. */
export function selectedName(selector: unknown): string | undefined {
  const plain = entriesOf(selector).every(([key]) => key === 'matchLabels') && entriesOf(get(selector, 'matchLabels')).every(([key]) => /^app\.kubernetes\.io\/(name|instance)$/.test(key));
  return plain ? textOf(get(selector, 'matchLabels', 'app.kubernetes.io/name')) : undefined;
}

/** Names of the pods that act for a workload: its own, and those (a migration) that stand in its folder. */
export function podNamesOf(rendered: Rendered, workload: string): readonly string[] {
  const own = podsOf(rendered).filter((pod) => pod.on.workload === workload).map((pod) => textOf(get(pod.metadata, 'labels', 'app.kubernetes.io/name')));
  return [workload, ...own.filter((name) => name !== undefined)];
}
