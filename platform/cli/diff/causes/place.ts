import { get, textOf } from '../../../../policies/json.ts';
import { endsWith, ends, environmentFile, type Cause, type Describer, type Sides } from '../cause.ts';
import type { ThingChange } from '../compare.ts';
import type { LeafChange } from '../leaves.ts';
import type { Side } from '../side.ts';
import { isInfrastructure } from './workload.ts';

/** Where an environment is: its registry, region, network, zones, and where the state of its stack lies. */
export const places: Describer = (sides) => [registry(sides), region(sides), network(sides), zones(sides), state(sides)].flat();

/** How changes reach the environment, each rule by itself. */
export const deliveries: Describer = (sides) => sides.changes.filter(({ kind }) => kind === 'delivery').flatMap((change) => (change.status === 'changed' ? rulesOf(sides, change) : [wholeOf(sides, change)]));

/** A revision that is older than all such rules, or has none any more. */
function wholeOf(sides: Sides, change: ThingChange): Cause {
  const rules = change.leaves.map(({ path, from, to }) => `${path.join('.')} ${String(to ?? from)}`).join(', ');
  const added = change.status === 'added';
  return {
    kind: 'delivery', subject: 'delivery', object: 'delivery/delivery', ...ends(added ? undefined : rules, added ? rules : undefined), said: (from, to) => `delivery rules ${change.status}: ${to ?? from}`,
    risks: added ? [] : ['access', 'availability'], line: { file: environmentFile(sides.environment), property: ['delivery'], side: added ? 'after' : 'before' },
    claims: (one, leaf) => one === change || isWindow(one, leaf),
  };
}

/** The windows of an environment, as Argo CD's projects have them. */
const isWindow = ({ kind }: ThingChange, { path }: LeafChange): boolean => kind === 'AppProject' && path[0] === 'spec' && path[1] === 'syncWindows';
/** What a rule of ours is called there. */
const WINDOW: Readonly<Record<string, string>> = { 'window.schedule': 'schedule', 'window.hours': 'duration', 'window.timeZone': 'timeZone' };

function rulesOf(sides: Sides, change: ThingChange): Cause[] {
  return change.leaves.map((leaf): Cause => {
    const field = leaf.path.join('.');
    const [old, now] = [leaf.from, leaf.to].map((value) => (value === undefined ? undefined : String(value)));
    return {
      kind: 'delivery', subject: `delivery/${field}`, object: 'delivery/delivery', field, ...ends(old, now), said: (from, to) => `delivery ${field} ${from ?? 'none'} → ${to ?? 'none'}`,
      risks: Number(now ?? 0) < Number(old ?? 0) || (now === undefined) ? [leaf.path[0] === 'approvals' ? 'access' : 'availability'] : [],
      line: { file: environmentFile(sides.environment), property: ['delivery', ...leaf.path], side: now === undefined ? 'before' : 'after' },
      claims: (one, other) => (one === change && other === leaf)
        || (WINDOW[field] !== undefined && isWindow(one, other) && (old === undefined || now === undefined || other.path.at(-1) === WINDOW[field])),
    };
  });
}

function registry(sides: Sides): Cause[] {
  const images = sides.changes.flatMap(({ kind, name, status, leaves }) => (kind === 'Deployment' && status === 'changed' ? leaves.filter((leaf) => endsWith(leaf, `[${name}]`, 'image')) : []));
  const pairs = new Set(images.map(({ from, to }) => JSON.stringify([prefixOf(from), prefixOf(to)])));
  const [first] = images;
  const [old, now] = [prefixOf(first?.from), prefixOf(first?.to)];
  const stay = [...sides.after.nodes.values()].filter(({ name, kind }) => kind === 'workload' && sides.before.nodes.has(name));
  if (pairs.size !== 1 || images.length < stay.length || old === undefined || now === undefined || old === now) return [];
  return [{
    ...place(sides, 'registry', old, now, 'images come from', ['registry']), risks: ['availability', 'access'],
    rewrites: ({ kind }) => (['Deployment', 'Job'].includes(kind) ? [[`${old}/`, `${now}/`]] : []),
  }];
}

function region(sides: Sides): Cause[] {
  const [old, now] = [sides.before, sides.after].map((side) => textOf(get(blockIn(side, 'provider/aws'), 'value', 0, 'region')));
  if (old === undefined || now === undefined || old === now) return [];
  return [{
    ...place(sides, 'region', old, now, 'region', ['cloud', 'region']), risks: ['data', 'availability', 'cost'],
    rewrites: (one) => (isInfrastructure(one) || one.kind === 'SecretStore' ? [[old, now]] : []),
  }];
}

function network(sides: Sides): Cause[] {
  const [old, now] = [sides.before, sides.after].map((side) => textOf(get(blockIn(side, 'aws_vpc/network'), 'cidr_block')));
  if (old === undefined || now === undefined || old === now) return [];
  return [{
    ...place(sides, 'cidr', old, now, 'network', ['cloud', 'cidr']), risks: ['data', 'availability', 'access'],
    claims: (one, leaf) => isInfrastructure(one) && endsWith(leaf, 'cidr_block') && ['aws_subnet', 'aws_vpc'].includes(one.kind),
    rewrites: ({ kind }) => (kind === 'NetworkPolicy' ? [[old, now]] : []),
  }];
}

function zones(sides: Sides): Cause[] {
  const [old, now] = [sides.before, sides.after].map((side) => [...side.things.keys()].filter((key) => key.startsWith('aws_subnet/workloads-')).length);
  if (old === undefined || now === undefined || old === 0 || now === 0 || old === now) return [];
  return [{
    ...place(sides, 'zones', String(old), String(now), 'zones', ['cloud', 'zones']), risks: now < old ? ['availability', 'data'] : ['cost'],
    claims: (one, leaf) => (['aws_subnet', 'aws_route_table_association'].includes(one.kind) && one.status !== 'changed') || (isInfrastructure(one) && leaf.path[0] === 'subnet_ids'),
  }];
}

function state(sides: Sides): Cause[] {
  const change = sides.changes.find((one) => isStack(one) && one.status === 'changed');
  const leaf = change?.leaves.find((one) => endsWith(one, 'backend', 's3', 'bucket'));
  if (!change || leaf?.from === undefined || leaf.to === undefined) return [];
  return [{
    ...place(sides, 'stateBucket', String(leaf.from), String(leaf.to), 'Terraform state in', ['cloud', 'stateBucket']), risks: ['data'],
    claims: (one, other) => one === change && other === leaf,
  }];
}

function place(sides: Sides, name: string, from: string, to: string, what: string, property: readonly string[]): Cause {
  return { kind: 'place', subject: `environment/${name}`, object: `environment/${sides.environment}`, from, to, said: (old, now) => `${what} ${old} → ${now}`, line: { file: environmentFile(sides.environment), property, side: 'after' } };
}

/** `registry.example.com/project/gateway@sha256:…` → `registry.example.com/project`. */
function prefixOf(image: unknown): string | undefined {
  const name = String(image).split('@')[0] ?? '';
  return name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : undefined;
}
const blockIn = (side: Side, key: string): unknown => side.things.get(key)?.value;
const isStack = ({ kind, file }: ThingChange): boolean => kind === 'terraform' && isInfrastructure({ kind, file });
