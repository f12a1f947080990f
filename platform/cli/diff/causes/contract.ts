import { get, listOf, textsOf, type Json } from '../../../../policies/json.ts';
import { ends, isQuota, runs, type Cause, type Describer, type Sides } from '../cause.ts';
import type { ThingChange } from '../compare.ts';
import { workloadLine } from './value.ts';

/** Rights in the cluster's API: `pods: get, list`. */
export const rights: Describer = (sides) => sides.changes.filter(({ kind, name }) => kind === 'Role' && stays(sides, name)).flatMap((change): Cause[] => {
  const { name } = change;
  const [old, now] = [rightsIn(change.before), rightsIn(change.after)];
  if (old === now) return [];
  return [{
    kind: 'rights', subject: `rights/${name}`, workload: name, object: `Role/${name}`, ...ends(old, now), said: (from, to) => `rights in the cluster: ${from ?? 'none'} → ${to ?? 'none'}`, risks: ['access'],
    line: workloadLine(sides, name, ['kubernetes']),
    claims: (one, leaf) => (one.kind === 'Role' && one.name === name && (one.status !== 'changed' || leaf.path[0] === 'rules'))
      || (one.status !== 'changed' && ((one.kind === 'RoleBinding' && one.name === name) || (one.kind === 'NetworkPolicy' && one.name === `${name}-to-kubernetes-api`)))
      || ((old === undefined || now === undefined) && one.kind === 'Deployment' && one.name === name && leaf.path.at(-1) === 'automountServiceAccountToken'),
  }];
});

/** Whether a workload brings its database up to date before it starts. */
export const migrations: Describer = (sides) => [...sides.after.nodes.keys()].filter((name) => stays(sides, name)).toSorted().flatMap((name): Cause[] => {
  const job = sides.changes.find((one) => one.kind === 'Job' && one.name === `${name}-migration` && one.status !== 'changed');
  const process = sides.changes.find((one) => one.kind === 'process' && one.name === name);
  const [old, now] = job ? [job.before !== undefined, job.after !== undefined] : [process?.before?.['migrate'] !== undefined, process?.after?.['migrate'] !== undefined];
  if (old === now) return [];
  return [{
    kind: 'migration', subject: `migration/${name}`, workload: name, object: job ? `Job/${job.name}` : `process/${name}`, ...ends(old ? 'yes' : undefined, now ? 'yes' : undefined),
    said: () => (now ? 'migrates its database before it starts' : 'no longer migrates its database'), risks: ['data'],
    line: contractLine(sides, name, ['migrates']),
    claims: (one, leaf) => isQuota(one, leaf, 'cpu', 'memory', 'pods') || (job !== undefined && one.file === job.file) || (one.kind === 'process' && one.name === name && leaf.path[0] === 'migrate')
      || (one.kind === 'NetworkPolicy' && one.status !== 'changed' && one.name.endsWith(`-from-${name}-migration`)),
  }];
});

/** What a contract says of its workload in words and paths. */
export const descriptions: Describer = (sides) => changedPair(sides).flatMap(({ name, before, after, change }): Cause[] => ([
  ['about', 'about', (value: Json | undefined) => text(value?.['about'])],
  ['source', 'folder', (value: Json | undefined) => text(value?.['folder'])],
  ['build', 'build', (value: Json | undefined) => (value?.['build'] === undefined ? undefined : textsOf(value['build']).join(' '))],
] as const).flatMap(([subject, property, read]): Cause[] => {
  const [old, now] = [read(before), read(after)];
  if (old === now) return [];
  return [{
    kind: 'contract', subject: `${subject}/${name}`, workload: name, object: `${change.kind}/${name}`, field: property, ...ends(old, now),
    said: (from, to) => (subject === 'about' ? `says of itself: ${to ?? 'nothing'}` : `${subject} ${from ?? 'none'} → ${to ?? 'none'}`), risks: subject === 'about' ? [] : ['availability'],
    line: contractLine(sides, name, [property]),
    claims: (one, leaf) => one.name === name && (one.kind === 'node' || one.kind === 'process') && leaf.path[0] === property,
    rewrites: (one) => (subject === 'source' && old !== undefined && now !== undefined && (runs(name, one) || (one.kind === 'node' && one.name === name)) ? [[`${old}/`, `${now}/`]] : []),
  }];
}));

/** A workload's entry in the laptop's plan, or else in the graph. */
function changedPair({ changes }: Sides): { readonly name: string; readonly before: Json | undefined; readonly after: Json | undefined; readonly change: ThingChange }[] {
  const entries = changes.filter((one) => one.status === 'changed' && (one.kind === 'process' || one.kind === 'node'));
  return [...Map.groupBy(entries, ({ name }) => name)].flatMap(([name, ones]) => {
    const change = ones.find(({ kind }) => kind === 'process') ?? ones[0];
    return change ? [{ name, before: change.before, after: change.after, change }] : [];
  });
}

function rightsIn(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  return listOf(value['rules']).map((rule) => {
    const group = textsOf(get(rule, 'apiGroups')).join('|');
    return `${textsOf(get(rule, 'resources')).join('|')}${group === '' ? '' : `.${group}`}: ${textsOf(get(rule, 'verbs')).join(', ')}`;
  }).join('; ');
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const stays = ({ before, after }: Sides, name: string): boolean => before.nodes.has(name) && after.nodes.has(name);
function contractLine({ after }: Sides, name: string, property: readonly string[]): Cause['line'] {
  const file = after.nodes.get(name)?.contract;
  return file === undefined ? undefined : { file, property, side: 'after' };
}
