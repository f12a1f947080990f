import { ends, isVariable, type Cause, type Sides } from './cause.ts';
import { leaderOf, type Owned } from './attribute.ts';
import type { ThingChange } from './compare.ts';
import type { FactKind, Risk } from './fact.ts';
import { show, type LeafChange } from './leaves.ts';
import { shownValue } from './mask.ts';
import { workloadLine } from './causes/value.ts';

/** Variables that got another value without a knob, a reference or a secret behind it. */
export function variablesIn(rest: readonly Owned[], sides: Sides): Cause[] {
  const found = rest.flatMap((one) => {
    const variable = variableOf(one, sides);
    return variable === undefined ? [] : [{ ...one, ...variable }];
  });
  return [...Map.groupBy(found, ({ workload, key }) => `${workload}.${key}`)].flatMap(([name, ones]): Cause[] => {
    const [first] = ones;
    if (!first) return [];
    const { workload, key } = first;
    const valued = ones.find(({ leaf }) => leaf.path.at(-1) === 'value' || leaf.path[0] === 'data') ?? first;
    const [old, now] = [valueOf(valued, 'from'), valueOf(valued, 'to')];
    const mine = new Set(ones.map(({ leaf }) => leaf));
    const bound = ones.every(({ leaf }) => leaf.path.at(-1) === 'knob');
    return [{
      kind: 'variable', subject: `variable/${name}`, workload, object: `${valued.change.kind}/${valued.change.name}`, ...ends(old, now),
      said: (from, to) => (bound ? `variable ${key} is bound to ${to ?? 'no knob'}${from === undefined ? '' : `, was to ${from}`}` : from === undefined ? `variable ${key} added: ${to}` : to === undefined ? `variable ${key} removed: ${from}` : from === to ? `variable ${key} changed: ${to}` : `variable ${key} ${from} → ${to}`),
      risks: ones.some(({ leaf }) => leaf.path.includes('secretKeyRef')) ? ['access'] : [],
      line: workloadLine(sides, workload, ['env', key]),
      claims: (_change, leaf) => mine.has(leaf),
    }];
  });
}

/** Everything that nothing more telling was said about: nothing that differs stays silent. */
export function remaining(rest: readonly Owned[], sides: Sides): Cause[] {
  return [...Map.groupBy(rest, ({ change }) => change)].flatMap(([change, ones]): Cause[] => {
    if (change.kind === 'file') return [fileCause(change, ones, sides)];
    if (change.status === 'changed') return ones.map(({ leaf }) => leafCause(change, leaf, sides));
    // Of a new object whose frame is somebody's, or that is somebody's but for one value, each value is told.
    const framed = ones.filter((one) => leaderOf(one) === undefined).length + change.leaves.filter((leaf) => leaderOf({ change, leaf }) !== undefined).length;
    if (framed < change.leaves.length) return ones.map(({ leaf }) => leafCause(change, leaf, sides));
    return [{
      ...commonOf(change, sides), ...ends(change.status === 'removed' ? change.name : undefined, change.status === 'added' ? change.name : undefined),
      subject: `${prefixOf(change)}/${change.kind}/${change.name}`, said: () => `${change.kind} ${change.name} ${change.status}`, claims: (one) => one === change,
    }];
  });
}

/** A file that is no data, or the same data in another form. */
function fileCause(change: ThingChange, ones: readonly Owned[], sides: Sides): Cause {
  const why = String(change.after?.['unreadable'] ?? change.before?.['unreadable'] ?? '');
  const form = ones.some(({ leaf }) => leaf.path[0] === 'form');
  return {
    ...commonOf(change, sides), subject: `file/${change.name}`, ...ends(change.before ? 'there' : undefined, change.after ? 'there' : undefined),
    said: () => (form ? `${change.name} is written differently: other comments or another order, the same values` : `${change.name} ${why}, and ${change.status === 'changed' ? 'its text differs' : `is ${change.status}`}`),
    risks: form ? [] : ['access', 'availability'], claims: (one) => one === change,
  };
}

function leafCause(change: ThingChange, leaf: LeafChange, sides: Sides): Cause {
  const field = show(leaf.path);
  const [old, now] = [leaf.from, leaf.to].map((value) => (value === undefined ? undefined : shownValue(change.kind, leaf.path, value)));
  const same = old === now && old !== undefined;
  return {
    ...commonOf(change, sides), ...ends(old, now), field, subject: `${prefixOf(change)}/${change.kind}/${change.name}:${field}`,
    said: (from, to) => `${change.kind} ${change.name}: ${field} ${same ? `${from} → another${typeof leaf.from === typeof leaf.to ? '' : ` (${typeof leaf.from} → ${typeof leaf.to})`}` : `${from ?? 'none'} → ${to ?? 'none'}`}`,
    claims: (one, other) => one === change && other === leaf,
  };
}

function commonOf(change: ThingChange, sides: Sides): Pick<Cause, 'kind' | 'workload' | 'object' | 'risks'> {
  const workload = folderOf(change, sides);
  return { kind: kindOf(change), ...(workload === undefined ? {} : { workload }), object: `${change.kind}/${change.name}`, risks: risksOf(change) };
}

const KINDS: Readonly<Record<string, FactKind>> = { NetworkPolicy: 'policy', PrometheusRule: 'alert', file: 'file' };
const kindOf = ({ kind, file, leaves }: ThingChange): FactKind => KINDS[kind]
  ?? (file.startsWith('terraform/') ? 'terraform' : leaves.some(({ path }) => path.some((part) => part.endsWith('Probe'))) ? 'probe' : 'object');
const PREFIXED: readonly FactKind[] = ['policy', 'alert', 'terraform', 'file'];
const prefixOf = (change: ThingChange): string => (PREFIXED.includes(kindOf(change)) ? kindOf(change) : 'object');

function risksOf({ kind, status, file, leaves }: ThingChange): Risk[] {
  if (status === 'changed' && leaves.every(({ path }) => path[0] === 'metadata')) return [];
  if (/^(NetworkPolicy|Role|RoleBinding|ClusterRole|ClusterRoleBinding|ServiceAccount|Ingress|Secret|ExternalSecret|SecretStore|edge|secret)$/.test(kind) || /security_group|iam|policy|kms/.test(kind)) return ['access'];
  if (/aws_db_|aws_s3_|elasticache|secretsmanager|StatefulSet|PersistentVolume|Job$/.test(kind)) return status === 'added' ? ['cost'] : ['data', 'availability'];
  if (file.startsWith('terraform/')) return ['availability', 'cost'];
  return kind === 'journey' || kind === 'node' ? [] : ['availability'];
}

function variableOf({ change, leaf }: Owned, { before, after }: Sides): { readonly workload: string; readonly key: string } | undefined {
  const workload = /^kubernetes\/([^/]+)\//.exec(change.file)?.[1] ?? (change.kind === 'process' ? change.name : undefined);
  if (workload === undefined || !(after.nodes.has(workload) || before.nodes.has(workload))) return undefined;
  const key = leaf.path.map((part) => part.replace(/^\[(.*)\]$/s, '$1')).find((part) => /^[A-Za-z_][\w.-]*$/.test(part) && isVariable(part, change, leaf));
  return key === undefined ? undefined : { workload, key };
}

function valueOf({ change, leaf }: Owned, side: 'from' | 'to'): string | undefined {
  const value = leaf[side];
  if (value === undefined) return undefined;
  const shown = shownValue(change.kind, leaf.path, value);
  return leaf.path.at(-1) === 'value' || leaf.path[0] === 'data' ? shown : `${leaf.path.at(-1)} ${shown}`;
}

function folderOf({ file, kind, name }: ThingChange, { before, after }: Sides): string | undefined {
  const folder = /^(?:kubernetes|observability)\/([^/]+?)(?:\/|\.yaml$)/.exec(file)?.[1];
  const own = kind === 'edge' || kind === 'secret' ? name.slice(0, name.indexOf('.')) : ['node', 'process', 'release', 'backing'].includes(kind) || file.startsWith('terraform/') ? name : folder?.replace(/^shared$/, '');
  return own !== undefined && (after.nodes.has(own) || before.nodes.has(own)) ? own : undefined;
}
