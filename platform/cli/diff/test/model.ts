import { readFileSync } from 'node:fs';
import { dev } from '../../../../environments/dev.ts';
import { local } from '../../../../environments/local.ts';
import { production } from '../../../../environments/production.ts';
import { staging } from '../../../../environments/staging.ts';
import type { Backing, ClusterEnvironment, Environment, OutputFile, Platform, Workload } from '../../../model/index.ts';
import { platform } from '../../../platform.ts';
import { filesIn } from '../../output-folder.ts';
import { synthesize, synthesizeArgocd } from '../../synth.ts';

/** The real model, as plain data that a test may change. */
export interface Model { readonly platform: Platform; readonly environments: Readonly<Record<string, Environment>> }
export const CLUSTERS = ['dev', 'staging', 'production'] as const;
export const ALL = ['dev', 'local', 'production', 'staging'] as const;

export const real: Model = { platform: platform as Platform, environments: { dev, local, production, staging } };

export const workloadOf = (model: Model, name: string): Workload => model.platform.workloads[name]!;
export const clusterOf = (model: Model, name: string): ClusterEnvironment => model.environments[name] as ClusterEnvironment;
export const backingsOf = (model: Model): readonly (readonly [string, Backing])[] => Object.entries(model.platform.backing);

export function withWorkload(model: Model, name: string, change: (workload: Workload) => Workload): Model {
  return { ...model, platform: { ...model.platform, workloads: { ...model.platform.workloads, [name]: change(workloadOf(model, name)) } } };
}
export function withOptions(model: Model, name: string, options: object): Model {
  return withWorkload(model, name, (one) => ({ ...one, options: { ...one.options, ...options } as Workload['options'] }));
}
export function withContract(model: Model, name: string, contract: object): Model {
  return withWorkload(model, name, (one) => ({ ...one, contract: { ...one.contract, ...contract } }));
}
/** Binds one variable, or takes it away; with its entry in the contract. */
export function withVariable(model: Model, name: string, key: string, spec: unknown, bound: unknown): Model {
  const { contract, options } = workloadOf(model, name);
  // An entry that is there keeps its place: the order of variables is a fact of its own.
  const set = (record: object, value: unknown) => Object.fromEntries(Object.entries({ ...record, [key]: value }).filter(([, one]) => one !== undefined));
  return withOptions(withContract(model, name, { env: set(contract.env, spec) }), name, { env: set(options.env, bound) });
}
export function withEnvironment(model: Model, name: string, change: object): Model {
  return { ...model, environments: { ...model.environments, [name]: { ...model.environments[name]!, ...change } as Environment } };
}

const SOURCES = [
  ...ALL.map((name) => `environments/${name}.ts`), 'platform/knobs.ts', 'platform/backing.ts', ...filesIn('platform/workloads').map((file) => `platform/workloads/${file}`),
  ...Object.keys(platform.workloads).map((name) => (name === 'dashboard' ? 'dashboard/contract.ts' : `services/${name}/contract.ts`)),
];
const sources = new Map(SOURCES.map((path) => [path, readFileSync(path, 'utf8')]));

/** One environment of one platform is rendered once: most changes leave most of both as they are. */
const known = new WeakMap<Environment, { readonly platform: Platform; readonly files: readonly OutputFile[] }>();
async function once(platform: Platform, environment: Environment): Promise<readonly OutputFile[]> {
  const found = known.get(environment);
  if (found?.platform === platform) return found.files;
  const files = await synthesize(platform, environment);
  if (platform === real.platform) known.set(environment, { platform, files });
  return files;
}

/** Everything that `./journey synth` writes, with the release files and the sources that lines are looked up in. */
export async function rendered(model: Model): Promise<Map<string, string>> {
  const files = new Map(sources);
  for (const environment of Object.values(model.environments)) {
    for (const { path, text } of await once(model.platform, environment)) files.set(`synth/${environment.name}/${path}`, text);
    files.set(`environments/releases/${environment.name}.json`, `${JSON.stringify(environment.release, null, 2)}\n`);
  }
  for (const { path, text } of await synthesizeArgocd(model.platform, Object.values(model.environments))) files.set(`synth/argocd/${path}`, text);
  return files;
}
