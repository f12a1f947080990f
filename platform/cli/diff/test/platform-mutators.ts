import { number, secret, text, urlOf, type Contract } from '../../../../services/kit/contract.ts';
import { available, edgesOf, embedded, inCluster, knob, p99, secretNamed, url, type Environment, type Workload } from '../../../model/index.ts';
import { cache } from '../../../model/reference.ts';
import { ALL, CLUSTERS, clusterOf, withContract, withOptions, withVariable, workloadOf, type Model } from './model.ts';
import { inAll, type Mutator } from './mutation.ts';
import type { Random } from './random.ts';

/** Changes of contracts and workloads: the same in every environment, as far as it can be seen there. */
export const platformMutators: Readonly<Record<string, Mutator>> = {
  resources(model, random) {
    const name = pick(model, random);
    const { cpu, memory } = workloadOf(model, name).options.resources ?? { cpu: '100m', memory: '160Mi' };
    const to = { cpu: `${Number.parseInt(cpu, 10) + 50}m`, memory: `${Number.parseInt(memory, 10) + 64}Mi` };
    const both = random.number(2) === 0;
    return {
      model: withOptions(model, name, { resources: both ? to : { cpu, memory: to.memory } }),
      facts: [...(both ? inAll(CLUSTERS, `resources/${name}.cpu`, cpu, to.cpu) : []), ...inAll(CLUSTERS, `resources/${name}.memory`, memory, to.memory)],
    };
  },
  scaleOn(model, random) {
    const name = pick(model, random);
    const { cpu } = workloadOf(model, name).options.scaleOn;
    const to = random.pick(([0.5, 0.6, 0.7, 0.8] as const).filter((one) => one !== cpu));
    return { model: withOptions(model, name, { scaleOn: { cpu: to } }), facts: inAll(CLUSTERS, `scaleOn/${name}`, `${Math.round(cpu * 100)}%`, `${Math.round(to * 100)}%`) };
  },
  availability(model, random) {
    const name = pick(model, random);
    const { slo } = workloadOf(model, name).options;
    const from = slo.flatMap((one) => (one.kind === 'availability' ? [one.target] : []))[0]!;
    const to = random.pick((['98%', '99%', '99.25%', '99.95%'] as const).filter((one) => one !== from));
    return { model: withOptions(model, name, { slo: slo.map((one) => (one.kind === 'availability' ? available(to) : one)) }), facts: inAll(names(model), `objective/${name}.availability`, from, to) };
  },
  latency(model, random) {
    const name = random.pick(Object.entries(model.platform.workloads).filter(([, { options }]) => options.slo.some(({ kind }) => kind === 'latency')).map(([one]) => one));
    const { slo } = workloadOf(model, name).options;
    const from = slo.flatMap((one) => (one.kind === 'latency' ? [one.under] : []))[0]!;
    const gone = random.number(3) === 0;
    const to = random.pick((['250ms', '500ms', '1000ms'] as const).filter((one) => one !== from));
    return {
      model: withOptions(model, name, { slo: slo.flatMap((one) => (one.kind !== 'latency' ? [one] : gone ? [] : [p99(to)])) }),
      facts: inAll(names(model), `objective/${name}.latency`, from, gone ? undefined : to),
    };
  },
  host(model, random) {
    const name = random.pick(['gateway', 'dashboard']);
    const from = workloadOf(model, name).options.public?.host;
    const to = `door-${random.hex(3)}`;
    if (from === undefined) return undefined;
    return { model: withOptions(model, name, { public: { host: to } }), facts: clusters(model).flatMap((one) => inAll([one], `public/${name}`, `${from}.${domain(model, one)}`, `${to}.${domain(model, one)}`)) };
  },
  opened(model, random) {
    const name = pick(model, random);
    if (workloadOf(model, name).options.public) return undefined;
    return { model: withOptions(model, name, { public: { host: `x-${name}` } }), facts: clusters(model).flatMap((one) => inAll([one], `public/${name}`, undefined, `x-${name}.${domain(model, one)}`)) };
  },
  closed(model, random) {
    const name = random.pick(['gateway', 'dashboard']);
    const { public: open, ...options } = workloadOf(model, name).options;
    if (!open) return undefined;
    const changed: Model = { ...model, platform: { ...model.platform, workloads: { ...model.platform.workloads, [name]: { ...workloadOf(model, name), options } } } };
    return { model: changed, facts: clusters(model).flatMap((one) => inAll([one], `public/${name}`, `${open.host}.${domain(model, one)}`, undefined)) };
  },
  port(model, random) {
    const name = pick(model, random);
    const { ports } = workloadOf(model, name).contract;
    const port = random.pick(Object.keys(ports));
    const to = 7000 + random.number(900);
    return { model: withContract(model, name, { ports: { ...ports, [port]: to } }), facts: inAll(reached(model, name, port), `port/${name}.${port}`, String(ports[port]), String(to)) };
  },
  portName(model, random) {
    const name = pick(model, random);
    const { ports } = workloadOf(model, name).contract;
    const from = Object.keys(ports).find((one) => one !== 'metrics')!;
    const { [from]: value, ...others } = ports;
    const where = reached(model, name, from);
    return { model: withContract(model, name, { ports: { front: value!, ...others } }), facts: [...inAll(where, `port/${name}.front`, undefined, String(value)), ...inAll(where, `port/${name}.${from}`, String(value), undefined)] };
  },
  reference(model, random) {
    const missing = Object.keys(model.platform.workloads).flatMap((from) => Object.keys(model.platform.workloads).flatMap((to) =>
      (from === to || edgesOf(model.platform).some((edge) => edge.from === from && edge.to === to && edge.kind === 'service') ? [] : [{ from, to }])));
    const { from, to } = random.pick(missing);
    const key = `${to.toUpperCase()}_EXTRA_URL`;
    return { model: withVariable(model, from, key, urlOf(to), url(workloadOf(model, to).contract as Contract<string>)), facts: inAll(names(model), `reference/${from}.${key}`, undefined, to) };
  },
  referenceGone(model, random) {
    const edge = random.pick(edgesOf(model.platform).filter(({ kind }) => kind !== 'standard'));
    const key = edge.reference.slice(edge.reference.indexOf('.') + 1);
    if (edge.backing === 'database') return undefined;
    return { model: withVariable(model, edge.from, key, undefined, undefined), facts: inAll(names(model), `reference/${edge.reference}`, edge.to, undefined) };
  },
  retargeted(model, random) {
    const edge = random.pick(edgesOf(model.platform).filter(({ kind }) => kind === 'service'));
    const to = random.pick(Object.keys(model.platform.workloads).filter((name) => name !== edge.from && !edgesOf(model.platform).some((one) => one.from === edge.from && one.to === name)));
    const key = edge.reference.slice(edge.reference.indexOf('.') + 1);
    if (to === undefined) return undefined;
    return { model: withVariable(model, edge.from, key, urlOf(to), url(workloadOf(model, to).contract as Contract<string>)), facts: inAll(names(model), `reference/${edge.reference}`, edge.to, to) };
  },
  secret(model, random) {
    const name = pick(model, random);
    const [key, stored] = [`EXTRA_${random.hex(3).toUpperCase()}`, `stored-${random.hex(4)}`];
    return { model: withVariable(model, name, key, secret(), secretNamed(stored)), facts: inAll(names(model), `secret/${name}.${key}`, undefined, stored) };
  },
  secretOther(model, random) {
    const [name, key, old] = random.pick([['auth', 'SIGNING_KEY', 'auth-signing-key'], ['gateway', 'COOKIE_KEY', 'gateway-cookie-key']] as const);
    const to = `other-${random.hex(4)}`;
    return { model: withVariable(model, name, key, secret(), secretNamed(to)), facts: inAll(names(model), `secret/${name}.${key}`, old, to) };
  },
  literal(model, random) {
    const name = random.pick(['configuration', 'deployment']);
    const to = `folder-${random.hex(4)}`;
    return { model: withVariable(model, name, 'SYNTH_FOLDER', text(), to), facts: inAll(names(model), `variable/${name}.SYNTH_FOLDER`, 'synth', to) };
  },
  variable(model, random) {
    const [name, key, to] = [pick(model, random), `LIMIT_${random.hex(3).toUpperCase()}`, random.number(1000)];
    return { model: withVariable(model, name, key, number(), to), facts: inAll(names(model), `variable/${name}.${key}`, undefined, String(to)) };
  },
  boundVariable(model, random) {
    const [name, key] = [pick(model, random), `RATE_${random.hex(3).toUpperCase()}`];
    return {
      model: withVariable(model, name, key, number(), model.platform.knobs['rateLimit']),
      facts: names(model).flatMap((one) => inAll([one], `variable/${name}.${key}`, undefined, String(model.environments[one]!.knobs['rateLimit']))),
    };
  },
  newKnob(model, random) {
    const [name, value] = [`knob${random.hex(3)}`, random.number(100)];
    return {
      model: {
        platform: { ...model.platform, knobs: { ...model.platform.knobs, [name]: knob<number>('something new') } },
        environments: every(model, (one) => ({ ...one, knobs: { ...one.knobs, [name]: value } })),
      },
      facts: inAll(names(model), `knob/${name}`, undefined, String(value)),
    };
  },
  rights(model, random) {
    const name = pick(model, random);
    if (workloadOf(model, name).options.kubernetes) return undefined;
    return { model: withOptions(model, name, { kubernetes: [{ verbs: ['get', 'watch'], on: 'deployments.apps' }] }), facts: inAll(clusters(model), `rights/${name}`, undefined, 'deployments.apps: get, watch') };
  },
  migration(model, random) {
    const name = random.pick(Object.entries(model.platform.workloads).filter(([, { contract }]) => contract.migrates).map(([one]) => one));
    return name === undefined ? undefined : { model: withContract(model, name, { migrates: false }), facts: inAll(names(model), `migration/${name}`, 'yes', undefined) };
  },
  about(model, random) {
    const name = pick(model, random);
    const to = `Does something else, namely ${random.hex(4)}.`;
    return { model: withContract(model, name, { about: to }), facts: inAll(names(model), `about/${name}`, workloadOf(model, name).contract.about, to) };
  },
  newBacking(model, random) {
    const name = `extra-${random.hex(4)}`;
    return {
      model: {
        platform: { ...model.platform, backing: { ...model.platform.backing, extra: cache(name) } },
        environments: every(model, (one) => ({ ...one, backing: { ...one.backing, extra: one.kind === 'local' ? embedded('cache') : inCluster('cache') } })),
      },
      facts: inAll(names(model), `backing/${name}`, undefined, name),
    };
  },
  newWorkload(model, random) {
    const name = `extra-${random.hex(3)}`;
    const contract: Contract = { name, about: 'Something new.', ports: { http: 8300, metrics: 9300 }, routes: {}, env: { AUTH_URL: urlOf('auth'), KEY: secret(), WORD: text() } };
    const workload: Workload = {
      contract, declaredAt: 'platform/workloads/extra.ts:1',
      options: { env: { AUTH_URL: url(workloadOf(model, 'auth').contract as Contract<string>), KEY: secretNamed(`${name}-key`), WORD: 'hello' }, scaleOn: { cpu: 0.7 }, slo: [available('99%')] },
    };
    return {
      model: {
        platform: { ...model.platform, workloads: { ...model.platform.workloads, [name]: workload } },
        environments: every(model, (one) => ({ ...one, scale: { ...one.scale, [name]: one.kind === 'local' ? 1 : { min: 2, max: 3 } }, release: { ...one.release, [name]: one.kind === 'local' ? { revision: 'worktree' } : { image: 'unbuilt' } } })),
      },
      facts: inAll(names(model), `workload/${name}`, undefined, name),
    };
  },
  workloadGone(model) {
    if (!model.platform.workloads['dashboard']) return undefined;
    const { dashboard: _, ...workloads } = model.platform.workloads;
    const without = (record: object) => Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'dashboard'));
    return {
      model: { platform: { ...model.platform, workloads }, environments: every(model, (one) => ({ ...one, scale: without(one.scale), release: without(one.release) })) },
      facts: inAll(names(model), 'workload/dashboard', 'dashboard', undefined),
    };
  },
};

const pick = (model: Model, random: Random): string => random.pick(Object.keys(model.platform.workloads));
const names = (model: Model): readonly string[] => ALL.filter((name) => model.environments[name]);
const clusters = (model: Model): readonly string[] => CLUSTERS.filter((name) => model.environments[name]);
const domain = (model: Model, environment: string): string => clusterOf(model, environment).domain;
const every = (model: Model, change: (one: Environment) => object): Model['environments'] => Object.fromEntries(Object.entries(model.environments).map(([name, one]) => [name, change(one) as Environment]));

/** A laptop knows a port's number only by who reaches it. */
function reached(model: Model, name: string, port: string): readonly string[] {
  const isReached = edgesOf(model.platform).some((edge) => edge.to === name && edge.port?.name === port);
  return names(model).filter((one) => one !== 'local' || isReached);
}
