import { get, listOf, textOf, type Json } from '../../../../policies/json.ts';
import { edgesOf, endsWith, ends, isQuota, keysOf, runs, type Cause, type Describer, type Sides } from '../cause.ts';
import type { ThingChange } from '../compare.ts';
import type { LeafChange } from '../leaves.ts';
import { isAddress, isLink } from './link.ts';
import { workloadLine } from './value.ts';

/** The host by which a workload is reached from outside. */
export const hosts: Describer = (sides) => sides.changes.filter(({ kind, name }) => kind === 'Ingress' && stays(sides, name)).flatMap((change): Cause[] => {
  const { name } = change;
  const [old, now] = [change.before, change.after].map((one) => textOf(get(one, 'spec', 'rules', 0, 'host')));
  if (old === now) return [];
  const opened = old === undefined || now === undefined;
  return [{
    kind: 'public', subject: `public/${name}`, workload: name, object: `Ingress/${name}`, ...ends(old, now),
    said: (from, to) => (from === undefined ? `public at ${to}` : to === undefined ? `no longer public at ${from}` : `public host ${from} → ${to}`),
    risks: now === undefined ? ['availability'] : old === undefined ? ['access', 'cost'] : ['access', 'availability'],
    line: workloadLine(sides, name, ['public', 'host']),
    claims: (one, leaf) => (opened && (one === change || isQuota(one, leaf, 'cpu', 'memory', 'pods')
      || (one.kind === 'NetworkPolicy' && [`${name}-from-ingress-controller`, 'acme-solver-from-ingress-controller'].includes(one.name) && one.status !== 'changed')
      || isLink(one, leaf, old ?? now ?? '') || isAddress(one, leaf, old ?? now ?? '')
      || (one.kind === 'PrometheusRule' && one.name === name && leaf.path[2] === `[${name}-availability-bad]` && endsWith(leaf, 'expr')))),
    rewrites: (one) => (old !== undefined && now !== undefined && (one === change || one.kind === 'Application' || (one.kind === 'PrometheusRule' && one.name === name)) ? [[old, now]] : old !== undefined && now !== undefined && one.kind === 'ConfigMap' ? [[`https://${old}`, `https://${now}`]] : []),
  }];
});

/** Who signs the certificates of the public hosts. */
export const issuers: Describer = (sides) => [...Map.groupBy(sides.changes.filter(({ kind }) => kind === 'Ingress'), ({ before, after }) => `${issuerIn(before)} ${issuerIn(after)}`).values()].flatMap(([change]): Cause[] => {
  const [old, now] = [issuerIn(change?.before), issuerIn(change?.after)];
  if (change?.status !== 'changed' || old === now) return [];
  return [{
    kind: 'place', subject: 'environment/issuer', object: `Ingress/${change.name}`, ...ends(old, now), said: (from, to) => `certificates are issued by ${from ?? 'nobody'} → ${to ?? 'nobody'}`, risks: ['availability'],
    line: { file: `environments/${sides.environment}.ts`, property: ['issuer'], side: 'after' },
    claims: (one, leaf) => one.kind === 'Ingress' && endsWith(leaf, 'annotations', ISSUER) && leaf.from === old && leaf.to === now,
  }];
});

/** A listener of a workload: another number, a new one, one that is gone. */
export const ports: Describer = (sides) => [...sides.after.nodes.keys()].filter((name) => stays(sides, name)).toSorted().flatMap((workload) => {
  const service = sides.changes.find((one) => one.kind === 'Service' && one.name === workload && one.file.startsWith(`kubernetes/${workload}/`));
  const [old, now] = service ? [portsIn(service.before), portsIn(service.after)] : (['before', 'after'] as const).map((side) => portsTo(sides, side, workload));
  if (!old || !now) return [];
  return keysOf(old, now).toSorted().flatMap((name): Cause[] => {
    const [from, to] = [old.get(name), now.get(name)];
    // The graph knows only the ports that somebody reaches: that one is not reached is no change of it.
    if (from === to || (!service && (from === undefined || to === undefined) && !renamed(sides, workload))) return [];
    const whole = from === undefined || to === undefined;
    return [{
      kind: 'port', subject: `port/${workload}.${name}`, workload, object: `Service/${workload}`, ...ends(from, to),
      said: (before, after) => (before === undefined ? `port ${name} added: ${after}` : after === undefined ? `port ${name} removed: ${before}` : `port ${name} ${before} → ${after}`), risks: ['availability', 'access'],
      line: { file: (to === undefined ? sides.before : sides.after).nodes.get(workload)?.contract ?? '', property: ['ports', name], side: to === undefined ? 'before' : 'after' },
      claims: (change, leaf) => listens(workload, name, whole, change, leaf) || opens(workload, [from, to], change, leaf),
      rewrites: (change) => (from === undefined || to === undefined || change.kind !== 'ConfigMap' ? []
        : [[`://${workload}:${from}`, `://${workload}:${to}`], ...(change.name === workload ? [[`://127.0.0.1:${from}`, `://127.0.0.1:${to}`] as const] : [])]),
      explains: (_change, _leaf, entry) => entry.startsWith(`${workload}=http://${workload}:`),
    }];
  });
});

/** Where the port is declared, and what is derived from its being there: variables, probes, scraping. */
function listens(workload: string, name: string, whole: boolean, change: ThingChange, leaf: LeafChange): boolean {
  const { kind, name: own } = change;
  if (kind === 'Service' && own === workload) return leaf.path[1] === 'ports' && leaf.path[2] === `[${name}]`;
  if (runs(workload, change)) {
    const variable = name === 'metrics' ? 'METRICS_PORT' : 'PORT';
    return leaf.path.includes(`[${variable}]`) || (kind === 'process' && (leaf.path[1] === variable || leaf.path[0] === 'ports' || leaf.path[0] === 'probes'))
      || (leaf.path.at(-3) === 'ports' && leaf.path.at(-2) === `[${name}]`) || (whole && endsWith(leaf, 'httpGet', 'port'));
  }
  if (kind === 'edge' && own.endsWith(` ${workload}`)) return leaf.path[0] === 'port';
  if (!whole) return false;
  if (kind === 'process') return leaf.path[0] === 'env' && leaf.path.includes('workloads') && leaf.path.includes(`[${workload}]`);
  return (kind === 'ServiceMonitor' && own === workload) || (kind === 'Ingress' && own === workload && leaf.path.includes('port'))
    || (kind === 'NetworkPolicy' && own === `${workload}-from-prometheus` && change.status !== 'changed')
    || (kind === 'PrometheusRule' && own === workload && name === 'metrics' && endsWith(leaf, 'expr'));
}

/** Its number in the policies of both ends, and in what its smoke test is told. */
function opens(workload: string, numbers: readonly (string | undefined)[], { kind, name, file }: ThingChange, leaf: LeafChange): boolean {
  if (kind === 'Job' && file.startsWith(`kubernetes/${workload}/`)) return leaf.path.includes('command') && [leaf.from, leaf.to].every((value) => value === undefined || numbers.includes(String(value)) || /^--\w+$/.test(String(value)));
  if (kind !== 'NetworkPolicy' || !(name.endsWith(`-to-${workload}`) || name.startsWith(`${workload}-from-`))) return false;
  const known = (value: unknown) => value === undefined || value === 'TCP' || numbers.includes(String(value));
  return leaf.path.includes('ports') && known(leaf.from) && known(leaf.to);
}

const ISSUER = 'cert-manager.io/cluster-issuer';
const issuerIn = (value: Json | undefined): string | undefined => textOf(get(value, 'metadata', 'annotations', ISSUER));
const stays = ({ before, after }: Sides, name: string): boolean => before.nodes.has(name) && after.nodes.has(name);
const portsIn = (value: Json | undefined): Map<string, string> => new Map(listOf(get(value, 'spec', 'ports')).map((port) => [textOf(get(port, 'name')) ?? '', String(get(port, 'port'))]));
const portsTo = (sides: Sides, side: 'before' | 'after', to: string): Map<string, string> =>
  new Map(sides[side].edges.flatMap((edge): [string, string][] => (edge.to === to && edge.port ? [[edge.port.name, String(edge.port.number)]] : [])));
/** Is there an edge that leads to it by another name now? */
const renamed = (sides: Sides, workload: string): boolean => edgesOf(sides).some(({ reference, to }) => to === workload
  && new Set([sides.before, sides.after].flatMap(({ edges }) => edges.find((edge) => edge.reference === reference && edge.to === to)?.port?.name ?? [])).size > 1);
