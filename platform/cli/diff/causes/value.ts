import { get, textOf, type Json } from '../../../../policies/json.ts';
import { endsWith, ends, environmentFile, isQuota, isVariable, keysOf, runs, type Cause, type Describer, type Sides } from '../cause.ts';
import type { ThingChange } from '../compare.ts';

/** A knob with another value; named once, whatever number of workloads it reaches. */
export const knobs: Describer = (sides) => keysOf(knobsOf(sides, 'before'), knobsOf(sides, 'after')).toSorted().flatMap((name): Cause[] => {
  const [old, now] = [knobsOf(sides, 'before').get(name), knobsOf(sides, 'after').get(name)];
  if (old === now) return [];
  const reached = [...sides.knobOf].filter(([, knob]) => knob === name).map(([variable]) => variable).toSorted();
  const effect = reached.length === 0 ? '' : `: ${reached.map((one) => one.replace('.', ' ')).join(', ')}`;
  return [{
    kind: 'knob', subject: `knob/${name}`, ...onlyOne(reached), object: `knob/${name}`, ...ends(old, now),
    said: (from, to) => (from === undefined ? `knob ${name} added: ${to}` : to === undefined ? `knob ${name} removed: ${from}` : `knob ${name} ${from} → ${to}${effect}`),
    line: { file: environmentFile(sides.environment), property: ['knobs', name], side: now === undefined ? 'before' : 'after', otherwise: (now === undefined ? sides.before : sides.after).lines.get(`knob/${name}`) },
    claims: (change, leaf) => (change.kind === 'knob' && change.name === name && (change.status !== 'changed' || leaf.path[0] === 'value'))
      || (String(leaf.from) === old && String(leaf.to) === now && endsWith(leaf, 'value') && mayReach(sides, name, change)
        && boundKeys(sides, name, change).some((key) => isVariable(key, change, leaf))),
  }];
});

/** Replicas of a workload: `3..20` in a cluster, where an autoscaler moves between the two, `2` on a laptop. */
export const scales: Describer = (sides) => [...changed(sides, 'HorizontalPodAutoscaler'), ...changed(sides, 'process')].flatMap((change): Cause[] => {
  const [old, now] = [replicasIn(change.before), replicasIn(change.after)];
  if (old === undefined || now === undefined || (old.min === now.min && old.max === now.max)) return [];
  const { name } = change;
  return [{
    kind: 'scale', subject: `scale/${name}`, workload: name, object: `${change.kind}/${name}`, from: old.text, to: now.text, said: (from, to) => `replicas ${from} → ${to}`,
    risks: [...(now.max > old.max ? ['cost'] as const : []), ...(now.min < old.min || now.max < old.max ? ['availability'] as const : [])],
    line: { file: environmentFile(sides.environment), property: ['scale', name], side: 'after' },
    claims: (one, leaf) => isQuota(one, leaf, 'cpu', 'memory', 'pods') || (one.kind === change.kind && one.name === name && ['minReplicas', 'maxReplicas', 'replicas'].some((key) => endsWith(leaf, key))),
  }];
});

/** When a workload gets another replica: at this share of its processor. */
export const scaleOn: Describer = (sides) => changed(sides, 'HorizontalPodAutoscaler').flatMap((change): Cause[] => {
  const [old, now] = [change.before, change.after].map((one) => get(one, 'spec', 'metrics', 0, 'resource', 'target', 'averageUtilization'));
  if (typeof old !== 'number' || typeof now !== 'number' || old === now) return [];
  return [{
    kind: 'scale', subject: `scaleOn/${change.name}`, workload: change.name, object: `HorizontalPodAutoscaler/${change.name}`, from: `${old}%`, to: `${now}%`,
    said: (from, to) => `scales at ${from} → ${to} of its processor`, risks: now > old ? ['availability'] : ['cost'],
    line: workloadLine(sides, change.name, ['scaleOn', 'cpu']),
    claims: (one, leaf) => one === change && endsWith(leaf, 'averageUtilization'),
  }];
});

/** What one replica asks for, and with it what it may use. */
export const resources: Describer = (sides) => changed(sides, 'Deployment').flatMap((change) => (['cpu', 'memory'] as const).flatMap((resource): Cause[] => {
  const { name } = change;
  const leaf = change.leaves.find((one) => endsWith(one, `[${name}]`, 'resources', 'requests', resource));
  if (leaf === undefined) return [];
  const [old, now] = [leaf.from, leaf.to].map((value) => (value === undefined ? undefined : String(value)));
  return [{
    kind: 'resources', subject: `resources/${name}.${resource}`, workload: name, object: `Deployment/${name}`, ...ends(old, now),
    said: (from, to) => `${resource} ${from ?? 'not asked for'} → ${to ?? 'not asked for'}`, risks: amount(now) > amount(old) ? ['cost'] : ['availability'],
    line: workloadLine(sides, name, ['resources', resource]),
    claims: (one, leaf) => isQuota(one, leaf, resource) || (runs(name, one) && leaf.path.at(-3) === 'resources' && leaf.path.at(-1) === resource),
  }];
}));

/** Which build runs. Labels show its first digits. */
export const releases: Describer = (sides) => [...sides.before.nodes.keys()].filter((name) => sides.after.nodes.has(name)).toSorted().flatMap((name): Cause[] => {
  const written = sides.changes.find((one) => one.kind === 'release' && one.name === name);
  const node = sides.changes.find((one) => one.kind === 'node' && one.name === name);
  const rendered = ends(textOf(node?.before?.['release']), textOf(node?.after?.['release']));
  const file = ends(releaseIn(written?.before), releaseIn(written?.after));
  const { from, to } = rendered.from === rendered.to ? file : rendered;
  if (from === to) return [];
  const [old, now] = [formsOf(from), formsOf(to)];
  return [{
    kind: 'release', subject: `release/${name}`, workload: name, object: `release/${name}`, ...ends(from, to),
    said: (before, after) => `${isRevision(to ?? from) ? 'revision' : 'image'} ${before ?? 'none'} → ${after ?? 'none'}${rendered.from === rendered.to ? ' (in the release file only: synth/ still renders the old one)' : ''}`,
    risks: ['availability'],
    line: { file: `environments/releases/${sides.environment}.json`, property: [name], side: to === undefined ? 'before' : 'after' },
    claims: (one, leaf) => one.name === name && (one.kind === 'release' || (['node', 'process'].includes(one.kind) && leaf.path[0] === 'release')),
    rewrites: (one) => (isReleased(name, one) ? [[old.digest, now.digest], [old.version, now.version]] : []),
  }];
});

/** `sha256:…` and its first digits, as images and labels have them; `unbuilt` is the digest of zeros. */
function formsOf(release: string | undefined): { readonly digest: string; readonly version: string } {
  if (release === 'unbuilt') return { digest: `sha256:${'0'.repeat(64)}`, version: release };
  return { digest: release ?? '', version: (release ?? '').replace(/^sha256:/, '').slice(0, 12) };
}

function isReleased(workload: string, { file, before, after }: ThingChange): boolean {
  const label = textOf(get(after ?? before, 'metadata', 'labels', 'app.kubernetes.io/name'));
  return file.startsWith(`kubernetes/${workload}/`) || file === `observability/${workload}.yaml` || label === workload || label === `${workload}-migration`;
}

const isRevision = (release: string | undefined): boolean => release === 'worktree' || /^[0-9a-f]{40}$/.test(release ?? '');
const releaseIn = (value: Json | undefined): string | undefined => textOf(value?.['image']) ?? textOf(value?.['revision']);

function replicasIn(value: Json | undefined): { readonly min: number; readonly max: number; readonly text: string } | undefined {
  const replicas = value?.['replicas'];
  if (typeof replicas === 'number') return { min: replicas, max: replicas, text: String(replicas) };
  const [min, max] = [get(value, 'spec', 'minReplicas'), get(value, 'spec', 'maxReplicas')];
  return typeof min === 'number' && typeof max === 'number' ? { min, max, text: `${min}..${max}` } : undefined;
}


function knobsOf(sides: Sides, side: 'before' | 'after'): Map<string, string> {
  return new Map(sides.changes.filter(({ kind }) => kind === 'knob').flatMap((one): [string, string][] => {
    const value = one[side]?.['value'];
    return typeof value === 'string' || typeof value === 'number' ? [[one.name, String(value)]] : [];
  }));
}

/** Where no plan says which variables a knob is bound to, every one with these two values may be. */
const mayReach = ({ knobOf }: Sides, knob: string, change: ThingChange): boolean => knobOf.size === 0 || boundKeys({ knobOf }, knob, change).length > 0;
function boundKeys({ knobOf }: Pick<Sides, 'knobOf'>, knob: string, { kind, name, leaves }: ThingChange): string[] {
  if (!['Deployment', 'Job', 'process'].includes(kind)) return [];
  if (knobOf.size === 0) return leaves.flatMap(({ path }) => path.filter((part) => /^\[?[A-Z][A-Z0-9_]*\]?$/.test(part)).map((part) => part.replace(/^\[|\]$/g, '')));
  return [...knobOf].flatMap(([variable, bound]) => (bound === knob && variable.startsWith(`${name}.`) ? [variable.slice(name.length + 1)] : []));
}
function onlyOne(variables: readonly string[]): { readonly workload: string } | undefined {
  const [workload, ...others] = new Set(variables.map((one) => one.slice(0, one.indexOf('.'))));
  return workload === undefined || others.length > 0 ? undefined : { workload };
}

/** A property of the workload's own file in the model. */
export function workloadLine({ after }: Sides, workload: string, property: readonly string[]): Cause['line'] {
  const line = after.lines.get(`node/${workload}`);
  return line === undefined ? undefined : { file: line.replace(/:\d+$/, ''), property, side: 'after', otherwise: line };
}
export const changed = ({ changes }: Sides, kind: string): ThingChange[] => changes.filter((one) => one.kind === kind && one.status === 'changed');
const amount = (value: string | undefined): number => Number.parseFloat(value ?? '0');
