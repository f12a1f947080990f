import { edgesOf, ends, isVariable, keysOf, runs, type Cause, type Describer, type Sides } from '../cause.ts';
import type { ThingChange } from '../compare.ts';
import type { LeafChange } from '../leaves.ts';
import type { Edge, Side } from '../side.ts';
import { isInfrastructure } from './workload.ts';

/** A reference that is new, gone, or leads elsewhere; those of a workload that is new or gone belong to it. */
export const references: Describer = (sides) => keysOf(grouped(sides.before.edges), grouped(sides.after.edges)).toSorted().flatMap((reference): Cause[] => {
  const [old, now] = [sides.before, sides.after].map((side) => side.edges.filter((edge) => edge.reference === reference && stays(sides, edge)));
  if (!old || !now) return [];
  // A scraper has one reference to many: each of them comes and goes by itself.
  if (old.length <= 1 && now.length <= 1) return old[0]?.to === now[0]?.to ? [] : [causeOf(sides, old[0], now[0])];
  return [
    ...now.filter(({ to }) => !old.some((edge) => edge.to === to)).map((edge) => causeOf(sides, undefined, edge)),
    ...old.filter(({ to }) => !now.some((edge) => edge.to === to)).map((edge) => causeOf(sides, edge, undefined)),
  ];
});

/** A secret that a workload is given, or no longer, or another. */
export const secrets: Describer = (sides) => keysOf(sides.before.secrets, sides.after.secrets).toSorted().flatMap((reference): Cause[] => {
  const [old, now] = [sides.before.secrets.get(reference), sides.after.secrets.get(reference)];
  const [workload = '', key = ''] = splitAt(reference);
  if (old === now || !bothHave(sides, workload)) return [];
  return [{
    kind: 'secret', subject: `secret/${reference}`, workload, object: `secret/${reference}`, ...ends(old, now),
    said: (from, to) => (from === undefined ? `secret ${key} added: ${to}` : to === undefined ? `secret ${key} removed: ${from}` : `secret ${key}: ${from} → ${to}`),
    risks: now === undefined ? ['availability'] : ['access'],
    line: lineOf(now === undefined ? sides.before : sides.after, `secret/${reference}`),
    claims: (change, leaf) => (change.kind === 'secret' && change.name === reference)
      || (isOwn(workload, change) && isVariable(key, change, leaf))
      || (change.kind === 'aws_secretsmanager_secret' && [old, now].includes(change.name))
      || (change.kind === 'plan' && leaf.path[0] === 'secrets' && [leaf.from, leaf.to].some((value) => value !== undefined && [old, now].includes(String(value)))),
    explains: (_change, _leaf, entry) => entry === reference,
  }];
});

function causeOf(sides: Sides, old: Edge | undefined, now: Edge | undefined): Cause {
  const one = now ?? old;
  const { reference, from, key } = one ?? { reference: '', from: '', key: '' };
  const target = now?.to ?? old?.to ?? '';
  return {
    kind: 'reference', subject: `reference/${reference}`, workload: from, object: `edge/${reference}`, ...ends(old?.to, now?.to),
    said: (before, after) => (before === undefined ? `reference ${key} → ${target} added` : after === undefined ? `reference ${key} → ${target} removed` : `reference ${key}: ${before} → ${after}`),
    risks: now ? ['access'] : ['availability'],
    line: lineOf(now ? sides.after : sides.before, `edge/${reference} ${target}`),
    hops: [reference],
    claims: (change, leaf) => [old, now].some((edge) => edge !== undefined && follows(edge, sides, change, leaf)),
    explains: (change, _leaf, entry) => entry === reference || (change.kind === 'ConfigMap' && entry.startsWith(`${target}=`)),
  };
}

/** What one edge brings with it: its variable, its policies on both ends, its groups and rights in AWS, its place in the start order. */
function follows(edge: Edge, sides: Sides, change: ThingChange, leaf: LeafChange): boolean {
  const { reference, from, to, key, objects } = edge;
  if (change.kind === 'edge') return change.name === `${reference} ${to}`;
  if (isOwn(from, change) && [key, ...(key === 'TELEMETRY_URL' && edge.kind === 'standard' ? ['WORKLOAD_KEY'] : [])].some((one) => isVariable(one, change, leaf))) return true;
  if (change.kind === 'process' && change.name === from) return (leaf.path[0] === 'allow' && leaf.path[1] === `[${reference} ${to}]`) || (leaf.path[0] === 'after' && [leaf.from, leaf.to].includes(to));
  if (change.kind === 'plan') return leaf.path[0] === 'waves' && sides.after.nodes.get(to)?.kind !== 'backing';
  const listed = objects.includes(`${change.kind}/${change.name}`);
  if (change.status === 'changed') return listed && change.kind === 'NetworkPolicy' && leaf.path.includes('ports');
  return listed || (isInfrastructure(change) && [`workload-${from}`, `${from}-to-${to}`].includes(change.name));
}

const grouped = (edges: readonly Edge[]): Map<string, Edge> => new Map(edges.map((edge) => [edge.reference, edge]));
const isOwn = (workload: string, change: ThingChange): boolean => runs(workload, change) || change.file.startsWith(`kubernetes/${workload}/`);
/** Are both its ends workloads that were there before, and still are? */
const stays = (sides: Sides, { from, to, kind }: Edge): boolean => bothHave(sides, from) && (kind !== 'standard' || bothHave(sides, to));
const bothHave = ({ before, after }: Sides, name: string): boolean => before.nodes.has(name) === after.nodes.has(name);
const splitAt = (reference: string): readonly string[] => [reference.slice(0, reference.indexOf('.')), reference.slice(reference.indexOf('.') + 1)];
const lineOf = (side: Side, thing: string): string | undefined => side.lines.get(thing);

/** Names of the variables by which workloads reach a target. */
export const variablesTo = (sides: Sides, target: string): readonly { readonly workload: string; readonly key: string; readonly reference: string }[] =>
  edgesOf(sides).filter(({ to }) => to === target).map(({ from, key, reference }) => ({ workload: from, key, reference }));
