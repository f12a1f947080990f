import { edgesOf, endsWith, ends, environmentFile, isQuota, isVariable, type Cause, type Describer, type Sides } from '../cause.ts';
import type { ThingChange } from '../compare.ts';
import type { Risk } from '../fact.ts';
import type { LeafChange, Scalar } from '../leaves.ts';
import { variablesTo } from './reference.ts';
import { isBackings, isInfrastructure } from './workload.ts';

/** Another provider of a backing: what it kept is left behind. */
export const providers: Describer = (sides) => [...sides.after.nodes.values()].flatMap((node): Cause[] => {
  const { name } = node;
  const old = sides.before.nodes.get(name)?.provider;
  const now = node.provider;
  if (node.kind !== 'backing' || !sides.before.nodes.has(name) || old === now) return [];
  const users = variablesTo(sides, name);
  const isStore = node.backing === 'secrets';
  return [{
    kind: 'provider', subject: `provider/${name}`, workload: name, object: `backing/${name}`, ...ends(old, now), said: (from, to) => `${node.backing ?? 'backing'} is supplied by ${from ?? 'nobody'} → ${to ?? 'nobody'}`,
    risks: ['data', 'availability', 'access', ...(now === 'aws' ? ['cost'] as const : [])],
    line: { file: environmentFile(sides.environment), property: ['backing', name], side: 'after' },
    hops: users.map(({ reference }) => reference),
    claims: (change, leaf) => isBackings(name, change) || isQuota(change, leaf) || (isInfrastructure(change) && (change.status !== 'changed' || isList(change, leaf)))
      || users.some(({ workload, key }) => change.file.startsWith(`kubernetes/${workload}/`) && isVariable(key, change, leaf))
      || (change.status !== 'changed' && ['Password', 'ExternalSecret'].includes(change.kind) && (change.file === 'kubernetes/shared/generated-secrets.yaml' || users.some(({ workload }) => change.name === workload)))
      || (isStore && keepsSecrets(change, leaf)),
    explains: (_change, _leaf, entry) => users.some(({ reference }) => entry === reference),
  }];
});

/** Size, storage, zones, backups …: what an environment asks of a provider that stays. */
export const options: Describer = (sides) => sides.changes.filter(({ status }) => status === 'changed').flatMap((change) => OPTIONS.filter((one) => one.of === change.kind).flatMap((option): Cause[] => {
  const leaf = change.leaves.find((one) => endsWith(one, ...option.field));
  if (!leaf || !sides.after.nodes.has(change.name)) return [];
  return [optionOf(sides, change.name, option, `${change.kind}/${change.name}`, option.read(leaf.from), option.read(leaf.to), (one, other) =>
    one === change && [option.field, ...(option.also ?? [])].some((field) => endsWith(other, ...field)))];
}));

/** Where somebody else's server is: as the policies of everybody who reaches it say. */
export const addresses: Describer = (sides) => [...sides.after.nodes.values()].flatMap(({ name, provider }): Cause[] => {
  if (provider !== 'external' || sides.before.nodes.get(name)?.provider !== 'external') return [];
  const policies = sides.changes.filter((one) => one.kind === 'NetworkPolicy' && one.status === 'changed' && one.name.endsWith(`-to-${name}`));
  const all = policies.flatMap(({ leaves }) => leaves);
  return ([['cidr', (leaf) => endsWith(leaf, 'ipBlock', 'cidr')], ['port', ({ path }) => path.at(-3) === 'ports']] as const satisfies readonly (readonly [string, (leaf: LeafChange) => boolean])[]).flatMap(([option, is]): Cause[] => {
    const leaves = all.filter(is);
    // A port is the key of its entry: the old one is gone and the new one is there.
    const values = leaves.filter(({ path }) => ['cidr', 'port'].includes(path.at(-1) ?? ''));
    const [old, now] = [[...new Set(values.flatMap(({ from }) => from ?? []))], [...new Set(values.flatMap(({ to }) => to ?? []))]];
    if (old.length !== 1 || now.length !== 1) return [];
    return [optionOf(sides, name, { option, risks: ['access', 'availability'] }, `NetworkPolicy/${policies[0]?.name}`, text(old[0]), text(now[0]), (one, leaf) => policies.includes(one) && leaves.includes(leaf))];
  });
});

/** How long a deleted secret can be brought back: one number for all that the store keeps. */
export const recovery: Describer = (sides) => {
  const store = [...sides.after.nodes.values()].find(({ backing, provider }) => backing === 'secrets' && provider === 'aws');
  const leaves = sides.changes.filter(({ kind, status }) => kind === 'aws_secretsmanager_secret' && status === 'changed').flatMap((one) => one.leaves.filter((leaf) => endsWith(leaf, 'recovery_window_in_days')));
  const [first] = leaves;
  if (!store || !first || leaves.some(({ from, to }) => from !== first.from || to !== first.to)) return [];
  return [optionOf(sides, store.name, { option: 'recoveryDays', risks: ['data'] }, `backing/${store.name}`, text(first.from), text(first.to), (_one, leaf) => leaves.includes(leaf))];
};

interface Option { readonly option: string; readonly risks: readonly Risk[]; readonly lower?: readonly Risk[] }
interface Field extends Option {
  readonly of: string;
  readonly field: readonly string[];
  /** Other fields that follow from it. */
  readonly also?: readonly (readonly string[])[];
  readonly read: (value: Scalar | undefined) => string | undefined;
}
const text = (value: Scalar | undefined): string | undefined => (value === undefined ? undefined : String(value));
const OPTIONS: readonly Field[] = [
  { of: 'aws_db_instance', field: ['instance_class'], option: 'size', risks: ['cost', 'availability'], read: text },
  { of: 'aws_db_instance', field: ['allocated_storage'], also: [['max_allocated_storage']], option: 'storageGb', risks: ['cost'], lower: ['data'], read: text },
  { of: 'aws_db_instance', field: ['multi_az'], option: 'multiAz', risks: ['cost'], lower: ['availability'], read: text },
  { of: 'aws_db_instance', field: ['backup_retention_period'], option: 'backupDays', risks: ['cost'], lower: ['data'], read: text },
  { of: 'aws_elasticache_replication_group', field: ['node_type'], option: 'size', risks: ['cost', 'availability'], read: text },
  {
    of: 'aws_elasticache_replication_group', field: ['num_cache_clusters'], also: [['automatic_failover_enabled'], ['multi_az_enabled']], option: 'replicas', risks: ['cost'], lower: ['availability'],
    read: (value) => (typeof value === 'number' ? String(value - 1) : text(value)),
  },
  { of: 'aws_s3_bucket_versioning', field: ['versioning_configuration', 'status'], option: 'versions', risks: ['cost'], lower: ['data'], read: (value) => String(value === 'Enabled') },
  { of: 'StatefulSet', field: ['resources', 'requests', 'storage'], option: 'storage', risks: ['cost'], lower: ['data'], read: text },
];

function optionOf(sides: Sides, backing: string, { option, risks, lower }: Option, object: string, from: string | undefined, to: string | undefined, claims: NonNullable<Cause['claims']>): Cause {
  const less = lower && (to === 'false' || Number.parseFloat(to ?? '0') < Number.parseFloat(from ?? '0'));
  return {
    kind: 'provider', subject: `provider/${backing}.${option}`, workload: backing, object, field: option, ...ends(from, to), said: (before, after) => `${option} ${before ?? 'none'} → ${after ?? 'none'}`,
    risks: less ? lower : risks, line: { file: environmentFile(sides.environment), property: ['backing', backing, option], side: 'after' },
    hops: edgesOf(sides).filter((edge) => edge.to === backing).map(({ reference }) => reference),
    claims: (change, leaf) => claims(change, leaf) || (option === 'storage' && isQuota(change, leaf, 'storage')),
  };
}

/** Where every secret is read from changes with the store that keeps them. */
function keepsSecrets(change: ThingChange, leaf: LeafChange): boolean {
  return ['ExternalSecret', 'SecretStore', 'ClusterSecretStore', 'Password'].includes(change.kind) || leaf.path.includes('secretKeyRef');
}
/** Lists in shared blocks that name each of many: what an endpoint lets through. */
const isList = ({ kind }: ThingChange, { path }: LeafChange): boolean => kind === 'aws_vpc_endpoint' && ['security_group_ids', 'policy', 'subnet_ids'].includes(path[0] ?? '');
