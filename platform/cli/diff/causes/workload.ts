import { get, textOf, type Json } from '../../../../policies/json.ts';
import { ends, isOf, isQuota, keysOf, type Cause, type Describer, type Sides } from '../cause.ts';
import type { ThingChange } from '../compare.ts';
import type { LeafChange } from '../leaves.ts';
import { isAddress, isLink } from './link.ts';

/** A workload that is new or gone, with all that is its own and all that names it. */
export const workloads: Describer = (sides) => namesThatDiffer(sides, 'workload').map((name): Cause => {
  const added = sides.after.nodes.has(name);
  const side = added ? sides.after : sides.before;
  const ingress = sides.changes.find((change) => change.kind === 'Ingress' && change.name === name);
  const host = textOf(get(ingress?.after ?? ingress?.before, 'spec', 'rules', 0, 'host'));
  const targets = [...new Set(side.edges.filter((edge) => edge.from === name && edge.kind !== 'standard').map(({ to }) => to))];
  return {
    kind: 'workload', subject: `workload/${name}`, workload: name, object: `workload/${name}`, ...ends(added ? undefined : name, added ? name : undefined),
    said: () => `workload ${name} ${added ? 'added' : 'removed'}${targets.length > 0 ? `; it ${added ? 'may reach' : 'reached'} ${targets.join(', ')}` : ''}`,
    risks: added ? ['access', 'cost'] : ['availability'],
    line: side.lines.get(`node/${name}`),
    claims: (change, leaf) => isOf(name, change) || belongsTo(name, change) || isQuota(change, leaf) || names(name, change, leaf) || (host !== undefined && (isLink(change, leaf, host) || isAddress(change, leaf, host)))
      || (host !== undefined && change.status !== 'changed' && change.name === 'acme-solver-from-ingress-controller'),
    explains: (_change, _leaf, entry) => entry.startsWith(`${name}=`) || entry.startsWith(`${name}.`),
  };
});

/** A database, cache, queue … that is new or gone. What reaches it are references of their own. */
export const backings: Describer = (sides) => namesThatDiffer(sides, 'backing').map((name): Cause => {
  const added = sides.after.nodes.has(name);
  const side = added ? sides.after : sides.before;
  const { backing = 'backing', provider = 'somewhere' } = side.nodes.get(name) ?? {};
  return {
    kind: 'backing', subject: `backing/${name}`, workload: name, object: `backing/${name}`, ...ends(added ? undefined : name, added ? name : undefined),
    said: () => `${backing === name ? 'backing' : backing} ${name} ${added ? 'added' : 'removed'} (${provider})`,
    risks: added ? ['cost'] : ['data', 'availability'],
    line: side.lines.get(`node/${name}`),
    claims: (change, leaf) => isBackings(name, change) || isQuota(change, leaf) || (isGenerator(change) && change.status !== 'changed') || (isInfrastructure(change) && change.status !== 'changed'),
  };
});

/** The whole environment. */
export const environments: Describer = ({ environment, before, after }) => (before.there === after.there ? [] : [{
  kind: 'environment', subject: 'environment', object: `environment/${environment}`, ...ends(before.there ? environment : undefined, after.there ? environment : undefined),
  said: () => `environment ${environment} ${after.there ? 'added' : 'removed'}`, risks: after.there ? ['access', 'cost'] : ['data', 'access', 'availability'],
  claims: () => true,
}]);

function namesThatDiffer({ before, after }: Sides, kind: string): string[] {
  const is = (name: string) => (after.nodes.get(name) ?? before.nodes.get(name))?.kind === kind;
  return keysOf(before.nodes, after.nodes).filter((name) => is(name) && before.nodes.has(name) !== after.nodes.has(name)).toSorted();
}

/** Objects elsewhere that exist because of a workload: the other end's policies, its groups, its edges and secrets. */
function belongsTo(name: string, { kind, name: own, before, after }: ThingChange): boolean {
  if (kind === 'edge') return own.startsWith(`${name}.`) || own.endsWith(` ${name}`);
  if (kind === 'secret') return own.startsWith(`${name}.`);
  if (kind === 'NetworkPolicy') return own.endsWith(`-from-${name}`) || own.endsWith(`-from-${name}-migration`) || own.endsWith(`-to-${name}`);
  if (!kind.startsWith('aws_')) return false;
  const description = String((after ?? before)?.['description'] ?? '');
  return own === `workload-${name}` || own.startsWith(`${name}-to-`) || description === `Asked for by ${name}` || description.startsWith(`Asked for by ${name}.`);
}

/** An entry that names it in somebody else's list: what is scraped, what starts before, what may be reached. */
function names(name: string, { kind, before, after }: ThingChange, { path, from, to }: LeafChange): boolean {
  if (kind === 'plan') return path[0] === 'waves' || (path[0] === 'secrets' && path.length === 2);
  if (kind !== 'process') return false;
  return (path[0] === 'after' && (from === name || to === name)) || (path[0] === 'allow' && path[1]?.endsWith(` ${name}]`) === true)
    || (path[0] === 'env' && ((path.includes('workloads') && path.includes(`[${name}]`)) || isAddressIn(name, path[1] ?? '', before, after)));
}

/** A variable that holds where it is found, on one side at least. */
const isAddressIn = (name: string, key: string, ...sides: readonly (Json | undefined)[]): boolean => sides.some((side) => get(side, 'env', key, 'service') === name);

/** Everything that a backing itself consists of, in the cluster, in AWS and in the plan. */
export function isBackings(name: string, { file, kind, name: own }: ThingChange): boolean {
  if (file === `kubernetes/shared/backing-${name}.yaml`) return true;
  if (kind === 'node' || kind === 'backing') return own === name;
  if (kind === 'NetworkPolicy') return own.endsWith(`-to-${name}`);
  if (!isInfrastructure({ kind, file })) return false;
  return [name, `backing-${name}`, `${name}-address`, `${name}-url`, `${name}-token`].includes(own) || own.endsWith(`-to-${name}`);
}

/** What makes passwords for backings in the cluster; it comes with the first of them. */
export const isGenerator = ({ file, kind }: ThingChange): boolean => kind === 'Password' && file === 'kubernetes/shared/generated-secrets.yaml';
export const isInfrastructure = ({ file }: Pick<ThingChange, 'kind' | 'file'>): boolean => file.startsWith('terraform/');
