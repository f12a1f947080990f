import { healthPaths } from '../../../services/kit/standard.ts';
import { edgesOf, ModelError, portsOf, providerOf, scrapeOf, type BackingKind, type Edge, type LocalEnvironment, type Platform, type Workload } from '../../model/index.ts';
import { startOrderOf } from './order.ts';
import { envOf, portNameOf, type LocalValue, type PortName } from './value.ts';

/** What the local runner starts. Holds no port, password, address or path of this machine: those are the runner's to choose. */
export interface LocalPlan {
  readonly environment: string;
  /** In the order to start them. */
  readonly processes: readonly LocalProcess[];
  /** The same names, two at a time: a wave starts when the one before it is ready. */
  readonly waves: readonly (readonly string[])[];
  readonly backings: readonly LocalBacking[];
  /** Names of the secrets that the installation makes once and keeps; sorted. */
  readonly secrets: readonly string[];
}

/** All argument lists start with `node` and run without a shell, from the root of the checkout or work tree. */
export interface LocalProcess {
  readonly name: string;
  readonly about: string;
  /** `services/gateway`. */
  readonly folder: string;
  readonly release: string;
  readonly replicas: number;
  /** Share of requests that may not fail, from 0 to 1: what a new release is judged by. Absent: its workload has no such objective. */
  readonly availability?: number;
  readonly command: readonly string[];
  /** Runs once before the first start, and again when its source changed. */
  readonly build?: readonly string[];
  /** Brings its database up to date before each start of a new release. */
  readonly migrate?: readonly string[];
  /** Names of its own listeners; the runner picks the numbers. */
  readonly ports: readonly PortName[];
  readonly probes: { readonly port: PortName; readonly live: string; readonly ready: string; readonly metrics?: string };
  /** Workloads to be ready before it starts; sorted. */
  readonly after: readonly string[];
  readonly env: Readonly<Record<string, LocalValue>>;
  /** All it may connect to, besides itself. Anything else is refused by the connection guard. */
  readonly allow: readonly Allowed[];
}

export interface Allowed {
  /** `gateway.AUTH_URL`. */
  readonly reference: string;
  readonly kind: 'service' | 'standard' | 'backing';
  /** Name of the workload or backing. */
  readonly to: string;
  /** The port of a workload; absent for a backing. */
  readonly port?: PortName;
}

export interface LocalBacking {
  readonly name: string;
  readonly kind: BackingKind;
  readonly provider: 'embedded' | 'external' | 'inCluster' | 'aws' | 'own';
  /** The variable whose URL replaces the embedded one: `SETTINGS_CACHE_URL`. Absent where nobody connects by URL. */
  readonly override?: string;
}

/** @throws {ModelError} when the environment lacks a provider, knob or release that the platform needs. */
export function planOf(platform: Platform, environment: LocalEnvironment): LocalPlan {
  const edges = edgesOf(platform);
  const order = startOrderOf(Object.keys(platform.workloads), edges);
  const edgesFrom = Map.groupBy(edges, (edge) => edge.from);
  const processes = order.waves.flat().flatMap((name) => {
    const workload = platform.workloads[name];
    return workload ? [processOf(platform, environment, name, workload, edgesFrom.get(name) ?? [], order.after.get(name) ?? [])] : [];
  });
  return { environment: environment.name, processes, waves: order.waves, backings: backingsOf(platform, environment), secrets: secretsOf(processes) };
}

function processOf(
  platform: Platform, environment: LocalEnvironment, name: string, workload: Workload, edges: readonly Edge[], after: readonly string[],
): LocalProcess {
  const { contract } = workload;
  const folder = contract.folder ?? `services/${contract.name}`;
  const command = ['node', `${folder}/main.ts`];
  const watched = portNameOf(scrapeOf(workload));
  return {
    name, about: contract.about, folder,
    release: releaseOf(environment, name),
    replicas: replicasOf(environment, name),
    ...objectiveOf(workload),
    command,
    ...(contract.build ? { build: contract.build } : {}),
    ...(contract.migrates ? { migrate: [...command, 'migrate'] } : {}),
    ports: portsOf(contract).map(portNameOf),
    probes: {
      port: watched, live: healthPaths.live, ready: healthPaths.ready,
      ...(watched === 'metrics' ? { metrics: healthPaths.metrics } : {}),
    },
    after,
    env: envOf(platform, environment, name, workload, edges),
    allow: edges.map(allowed),
  };
}

function releaseOf(environment: LocalEnvironment, name: string): string {
  const release = environment.release[name]?.revision;
  if (release !== undefined) return release;
  const where = `environments/releases/${environment.name}.json`;
  throw new ModelError(where, `"${environment.name}" has no release of the workload "${name}"`, `Add "${name}": { "revision": "worktree" }.`);
}

function replicasOf(environment: LocalEnvironment, name: string): number {
  const replicas = environment.scale[name];
  if (replicas !== undefined) return replicas;
  throw new ModelError(`environments/${environment.name}.ts`, `"${environment.name}" has no scale of the workload "${name}"`, `Add "${name}: 1" to its \`scale\`.`);
}

function objectiveOf({ options }: Workload): Pick<LocalProcess, 'availability'> {
  const [objective] = (options.slo ?? []).flatMap((one) => (one.kind === 'availability' ? [Number.parseFloat(one.target) / 100] : []));
  return objective === undefined ? {} : { availability: objective };
}

const allowed = ({ reference, kind, to, port }: Edge): Allowed => ({ reference, kind, to, ...(port ? { port: portNameOf(port) } : {}) });

function backingsOf(platform: Platform, environment: LocalEnvironment): LocalBacking[] {
  return Object.values(platform.backing).map(({ name, kind }) => ({
    name, kind, provider: providerOf(platform, environment, name).provider,
    ...(kind === 'secrets' ? {} : { override: `${name.replaceAll('-', '_').toUpperCase()}_URL` }),
  }));
}

function secretsOf(processes: readonly LocalProcess[]): string[] {
  const values = processes.flatMap(({ env }) => Object.values(env));
  return [...new Set(values.flatMap((value) => (value.from === 'secret' ? [value.secret] : [])))].toSorted();
}
