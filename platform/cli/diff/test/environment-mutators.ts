import { aws, external, inCluster, type AnyProvider, type ClusterEnvironment, type LocalEnvironment } from '../../../model/index.ts';
import { backingsOf, CLUSTERS, clusterOf, withEnvironment, type Model } from './model.ts';
import { inAll, type Mutation, type Mutator } from './mutation.ts';
import type { Random } from './random.ts';

/** Changes of one environment: what `environments/<name>.ts` and its release file say. */
export const environmentMutators: Readonly<Record<string, Mutator>> = {
  image(model, random) {
    const [environment, workload] = [random.pick(CLUSTERS), random.pick(Object.keys(model.platform.workloads))];
    const from = clusterOf(model, environment).release[workload]!.image;
    const to = `sha256:${random.hex(64)}` as const;
    return one(model, environment, { release: { ...clusterOf(model, environment).release, [workload]: { image: to } } }, `release/${workload}`, from, to);
  },
  revision(model, random) {
    const workload = random.pick(Object.keys(model.platform.workloads));
    const { release } = model.environments['local'] as LocalEnvironment;
    const to = random.hex(40);
    return one(model, 'local', { release: { ...release, [workload]: { revision: to } } }, `release/${workload}`, release[workload]!.revision, to);
  },
  knob(model, random) {
    const environment = random.pick(Object.keys(model.environments));
    const { knobs } = model.environments[environment]!;
    const name = random.pick(['rateLimit', 'logLevel', 'cookieSecure'] as const);
    const from = knobs[name]!;
    const to = name === 'rateLimit' ? 1 + random.number(900) : random.pick((name === 'logLevel' ? ['debug', 'info', 'warn'] : ['yes', 'no']).filter((value) => value !== from));
    return one(model, environment, { knobs: { ...knobs, [name]: to } }, `knob/${name}`, String(from), String(to));
  },
  scale(model, random) {
    const [environment, workload] = [random.pick(CLUSTERS), random.pick(Object.keys(model.platform.workloads))];
    const { scale } = clusterOf(model, environment);
    const { min, max } = scale[workload]!;
    const to = { min: min + random.number(2), max: max + 1 + random.number(5) };
    return one(model, environment, { scale: { ...scale, [workload]: to } }, `scale/${workload}`, `${min}..${max}`, `${to.min}..${to.max}`);
  },
  replicas(model, random) {
    const workload = random.pick(Object.keys(model.platform.workloads));
    const { scale } = model.environments['local'] as LocalEnvironment;
    const to = scale[workload]! + 1 + random.number(2);
    return one(model, 'local', { scale: { ...scale, [workload]: to } }, `scale/${workload}`, String(scale[workload]), String(to));
  },
  soak: (model, random) => delivery(model, 'production', 'soakMinutes', random, (old) => Number(old) + 1 + random.number(90)),
  approvals(model, random) {
    const environment = random.pick(Object.keys(model.environments));
    const { delivery: old } = model.environments[environment]!;
    const rule = random.pick(['release', 'model'] as const);
    const to = old.approvals[rule] + 1;
    return one(model, environment, { delivery: { ...old, approvals: { ...old.approvals, [rule]: to } } }, `delivery/approvals.${rule}`, String(old.approvals[rule]), String(to));
  },
  window(model, random) {
    const { delivery: old } = model.environments['production']!;
    const hours = old.window!.hours + 1 + random.number(3);
    return one(model, 'production', { delivery: { ...old, window: { ...old.window!, hours } } }, 'delivery/window.hours', String(old.window!.hours), String(hours));
  },
  databaseSize: (model, random) => option(model, random, 'database', 'size', () => `db.m7g.${random.pick(['xlarge', '2xlarge', '4xlarge'])}`),
  databaseStorage: (model, random) => option(model, random, 'database', 'storageGb', (old) => Number(old) + 10 * (1 + random.number(9))),
  databaseZones: (model, random) => option(model, random, 'database', 'multiAz', (old) => !old),
  databaseBackups: (model, random) => option(model, random, 'database', 'backupDays', (old) => (Number(old) === 14 ? 15 : 14)),
  cacheSize: (model, random) => option(model, random, 'cache', 'size', () => `cache.m7g.${random.pick(['xlarge', '2xlarge'])}`),
  cacheReplicas: (model, random) => option(model, random, 'cache', 'replicas', (old) => Number(old) + 1),
  versions: (model, random) => option(model, random, 'objects', 'versions', (old) => !old),
  recovery: (model, random) => option(model, random, 'secrets', 'recoveryDays', (old) => Number(old) + 1),
  storage(model, random) {
    const { backing } = clusterOf(model, 'dev');
    const databases = entries(model, 'dev').filter(({ provider }) => provider.provider === 'inCluster' && provider.kind === 'database');
    const { key, name } = random.pick(databases);
    const old = (backing[key] as { readonly storage: string }).storage;
    const to = `${Number.parseInt(old, 10) + 1 + random.number(9)}Gi` as const;
    return one(model, 'dev', { backing: { ...backing, [key]: inCluster('database', { storage: to }) } }, `provider/${name}.storage`, old, to);
  },
  address(model, random) {
    const environment = random.pick(CLUSTERS);
    const { key, name, provider } = random.pick(entries(model, environment).filter(({ provider }) => provider.provider === 'external'));
    if (provider.provider !== 'external') return undefined;
    const to = `10.99.${random.number(250)}.0/24` as const;
    return one(model, environment, { backing: { ...clusterOf(model, environment).backing, [key]: { ...provider, cidr: to } } }, `provider/${name}.cidr`, provider.cidr, to);
  },
  backingPort(model, random) {
    const environment = random.pick(CLUSTERS);
    const { key, name, provider } = random.pick(entries(model, environment).filter(({ provider }) => provider.provider === 'external'));
    if (provider.provider !== 'external') return undefined;
    const to = 10_000 + random.number(9000);
    return one(model, environment, { backing: { ...clusterOf(model, environment).backing, [key]: { ...provider, port: to } } }, `provider/${name}.port`, String(provider.port), String(to));
  },
  provider(model, random) {
    const environment = random.pick(CLUSTERS);
    const { key, name, provider } = random.pick(entries(model, environment).filter(({ provider: { kind, provider } }) => kind === 'database' && provider !== 'external'));
    const choices: AnyProvider[] = [external('database', { cidr: '10.77.1.0/24', port: 6432 })];
    if (provider.provider === 'inCluster') choices.push(aws('database', { size: 'db.t4g.small', storageGb: 20, multiAz: false, backupDays: 7 }));
    const to = random.pick(choices);
    return one(model, environment, { backing: { ...clusterOf(model, environment).backing, [key]: to } }, `provider/${name}`, provider.provider, to.provider);
  },
  region: (model, random) => cloud(model, random, 'region', (old) => (old === 'eu-west-1' ? 'eu-central-1' : 'us-east-1')),
  cidr: (model, random) => cloud(model, random, 'cidr', () => `10.${100 + random.number(100)}.0.0/16`),
  zones: (model, random) => cloud(model, random, 'zones', (old) => (old === 2 ? 3 : 2)),
  stateBucket: (model, random) => cloud(model, random, 'stateBucket', () => `state-${random.hex(6)}`),
  registry(model, random) {
    const environment = random.pick(CLUSTERS);
    const to = `registry-${random.hex(4)}.example.com/elsewhere`;
    return one(model, environment, { registry: to }, 'environment/registry', clusterOf(model, environment).registry, to);
  },
  issuer(model, random) {
    const environment = random.pick(CLUSTERS);
    const to = `issuer-${random.hex(4)}`;
    return one(model, environment, { issuer: to }, 'environment/issuer', clusterOf(model, environment).issuer, to);
  },
  domain(model, random) {
    const environment = random.pick(CLUSTERS);
    const from = clusterOf(model, environment).domain;
    const to = `${random.hex(5)}.example.com`;
    const open = Object.entries(model.platform.workloads).flatMap(([name, { options }]) => (options.public ? [[name, options.public.host] as const] : []));
    return { model: withEnvironment(model, environment, { domain: to }), facts: open.flatMap(([name, host]) => inAll([environment], `public/${name}`, `${host}.${from}`, `${host}.${to}`)) };
  },
  environmentGone(model, random) {
    const environment = random.pick(['dev', 'staging'].filter((name) => model.environments[name]));
    const { [environment]: _, ...environments } = model.environments;
    return { model: { ...model, environments }, facts: inAll([environment], 'environment', environment, undefined) };
  },
};

function one(model: Model, environment: string, change: object, subject: string, from: string, to: string): Mutation {
  return { model: withEnvironment(model, environment, change), facts: inAll([environment], subject, from, to) };
}

interface Entry { readonly key: string; readonly name: string; readonly provider: AnyProvider }
const entries = (model: Model, environment: string): Entry[] => backingsOf(model).map(([key, { name }]) => ({ key, name, provider: clusterOf(model, environment).backing[key]! }));

/** Another value of one option of a managed backing. */
function option(model: Model, random: Random, kind: string, name: string, change: (old: unknown) => unknown): Mutation | undefined {
  const found = CLUSTERS.flatMap((environment) => entries(model, environment).flatMap((entry) => (entry.provider.provider === 'aws' && entry.provider.kind === kind ? [{ environment, ...entry }] : [])));
  const { environment, key, name: backing, provider } = random.pick(found);
  if (provider.provider !== 'aws') return undefined;
  const old = Reflect.get(provider.options, name) as unknown;
  const now = change(old);
  const changed = { ...provider, options: { ...provider.options, [name]: now } };
  return now === old ? undefined : one(model, environment, { backing: { ...clusterOf(model, environment).backing, [key]: changed } }, `provider/${backing}.${name}`, String(old), String(now));
}

function cloud(model: Model, random: Random, name: keyof ClusterEnvironment['cloud'], change: (old: unknown) => unknown): Mutation {
  const environment = random.pick(CLUSTERS);
  const { cloud: old } = clusterOf(model, environment);
  const now = change(old[name]);
  return one(model, environment, { cloud: { ...old, [name]: now } }, `environment/${name}`, String(old[name]), String(now));
}

function delivery(model: Model, environment: string, name: 'soakMinutes', _: Random, change: (old: unknown) => unknown): Mutation {
  const { delivery: old } = model.environments[environment]!;
  const now = change(old[name]);
  return one(model, environment, { delivery: { ...old, [name]: now } }, `delivery/${name}`, String(old[name]), String(now));
}
