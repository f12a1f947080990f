import { isIP } from 'node:net';
import { configVersion as versionOf } from './config-version.ts';
import type { Connected, Connection, Contract, Endpoint, EnvOf, EnvSpec, Secret, Spec, StandardEdge } from './contract.ts';
import { secretOf } from './secret.ts';
import { socketsOf, type Sockets } from './sockets.ts';
import { standardEdges, standardMetrics, standardScraper, standardValues } from './standard.ts';

/** What every service knows about itself without asking for it. */
export interface StandardEnv {
  readonly host: string;
  readonly port: number;
  readonly metricsPort?: number;
  readonly environment: string;
  readonly installation: string;
  readonly revision: string;
  /** What its settings and knobs are (config-version.ts). */
  readonly configVersion: string;
  readonly telemetryUrl?: Endpoint;
  readonly workloadKey?: Secret;
  readonly keysUrl?: Endpoint;
  /** `name=url` pairs, comma-separated; only the telemetry role has it. */
  readonly workloads?: string;
  /** The model of this environment allows faults (services/kit/faults). */
  readonly faults?: true;
  /** Handed over by whoever started it; then `port` and `metricsPort` are not opened. */
  readonly sockets?: Sockets;
}
export interface ParsedEnv<C extends Contract> {
  readonly env: EnvOf<C>;
  readonly standard: StandardEnv;
}
export type Source = Readonly<Record<string, string | undefined>>;

/** All that is wrong with an environment, at once, without the values (they may be secrets). */
export class EnvError extends Error {
  override readonly name = 'EnvError';
  readonly problems: readonly string[];
  constructor(service: string, found: readonly string[]) {
    super(`${service} cannot start, ${found.length} of its environment variables are missing or wrong: ${found.join('; ')}`);
    this.problems = found;
  }
}

/** @throws {EnvError} that lists every missing and every wrong key */
export function parseEnv<C extends Contract>(contract: C, source: Source = process.env): ParsedEnv<C> {
  const found: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, spec] of Object.entries({ ...standardSpecs(contract), ...contract.env })) {
    const read = valueOf(contract.name, key, spec, source[key]);
    if ('wrong' in read) found.push(`${key} ${read.wrong}`);
    else values[key] = read.value;
  }
  if (source['WORKLOADS'] !== undefined) values['WORKLOADS'] = source['WORKLOADS'];
  if (source['FAULTS'] === 'yes') values['FAULTS'] = true;
  if (typeof values['HOST'] === 'string' && isIP(values['HOST']) === 0) found.push('HOST must be an IP address such as 127.0.0.1');
  if (found.length > 0) throw new EnvError(contract.name, found);
  // The loop above made exactly one value of the right kind per key.
  const env = Object.fromEntries(Object.keys(contract.env).map((key) => [key, values[key]])) as EnvOf<C>;
  const sockets = socketsOf(source);
  return { env, standard: { ...standardOf(values, versionOf(contract.env, values)), ...(sockets ? { sockets } : {}) } };
}

/** The databases alone, for `migrate`: a migration job is given nothing else. @throws {EnvError} */
export function parseDatabases(contract: Contract, source: Source = process.env): readonly Connection<'database'>[] {
  const found: string[] = [];
  const connections = Object.entries(contract.env).flatMap(([key, spec]): Connection<'database'>[] => {
    if (spec.kind !== 'database') return [];
    const read = valueOf(contract.name, key, spec, source[key]);
    if ('value' in read) return [read.value as Connection<'database'>];
    found.push(`${key} ${read.wrong}`);
    return [];
  });
  if (found.length > 0) throw new EnvError(contract.name, found);
  return connections;
}

function standardSpecs(contract: Contract): EnvSpec {
  const all: readonly StandardEdge[] = ['telemetry', 'keys', 'scrape'];
  const edges = (contract.standard ?? all).map((edge): EnvSpec => standardEdges[edge]);
  return Object.assign({}, standardValues, contract.ports.metrics === undefined ? {} : standardMetrics, ...edges) as EnvSpec;
}

function standardOf(values: Record<string, unknown>, configVersion: string): StandardEnv {
  // Checked key by key above; absent where the contract takes no part in a standard edge.
  const v = values as {
    HOST: string; PORT: number; METRICS_PORT?: number; ENVIRONMENT: string; INSTALLATION: string; REVISION: string;
    TELEMETRY_URL?: Endpoint; WORKLOAD_KEY?: Secret; KEYS_URL?: Endpoint; WORKLOADS?: string; FAULTS?: true;
  } & Record<keyof typeof standardScraper, string | undefined>;
  return {
    host: v.HOST, port: v.PORT, environment: v.ENVIRONMENT, installation: v.INSTALLATION, revision: v.REVISION, configVersion,
    ...(v.METRICS_PORT === undefined ? {} : { metricsPort: v.METRICS_PORT }),
    ...(v.TELEMETRY_URL === undefined ? {} : { telemetryUrl: v.TELEMETRY_URL }),
    ...(v.WORKLOAD_KEY === undefined ? {} : { workloadKey: v.WORKLOAD_KEY }),
    ...(v.KEYS_URL === undefined ? {} : { keysUrl: v.KEYS_URL }),
    ...(v.WORKLOADS === undefined ? {} : { workloads: v.WORKLOADS }),
    ...(v.FAULTS === undefined ? {} : { faults: v.FAULTS }),
  };
}

type Read = { readonly value: unknown } | { readonly wrong: string };

function valueOf(service: string, key: string, spec: Spec, raw: string | undefined): Read {
  if (raw === undefined || raw === '') return { wrong: 'is missing' };
  const reference = `${service}.${key}`;
  switch (spec.kind) {
    case 'text': return { value: raw };
    case 'number': return numberOf(key, raw);
    case 'oneOf': return spec.values.includes(raw) ? { value: raw } : { wrong: `must be one of ${spec.values.join(', ')}` };
    case 'secret': return { value: secretOf(raw) };
    case 'address': return publicAddressOf(raw);
    case 'service': return endpointOf(spec.of.replace(/^role:/, ''), reference, raw);
    default: return connectionOf(spec.kind, reference, raw);
  }
}

/** Plain decimal only: `Number` alone would take "0x10", "1e9" and " ". */
function numberOf(key: string, raw: string): Read {
  if (!/^-?\d{1,15}(\.\d{1,15})?$/.test(raw)) return { wrong: 'must be a number' };
  const value = Number(raw);
  const isPort = key === 'PORT' || key === 'METRICS_PORT';
  if (isPort && !(Number.isInteger(value) && value >= 0 && value <= 65_535)) return { wrong: 'must be a port, 0 to 65535' };
  return { value };
}

/** `https://app.example.com`, so that a path can follow; `null` where it is not public (`none:`). */
function publicAddressOf(raw: string): Read {
  if (raw === 'none:') return { value: null };
  const url = URL.parse(raw);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === raw ? { value: raw } : { wrong: 'must be http:// or https:// with a host alone, or none:' };
}

function endpointOf(of: string, reference: string, raw: string): Read {
  const url = URL.parse(raw);
  if (!url || !/^https?:$/.test(url.protocol)) return { wrong: 'must be an http:// or https:// URL' };
  if (url.username || url.password) return { wrong: 'must not hold credentials' };
  return { value: { service: of, url, reference } satisfies Endpoint };
}

const SCHEMES: Readonly<Record<Connected, readonly string[]>> = {
  database: ['postgres', 'postgresql'],
  cache: ['postgres', 'postgresql', 'redis', 'rediss'],
  queue: ['postgres', 'postgresql', 'amqp', 'amqps'],
  mail: ['smtp', 'smtps'],
  objects: ['file', 's3'],
  repository: ['file', 'https', 'http'],
  engine: ['http', 'https'],
  metrics: ['own', 'http', 'https'],
  logs: ['own', 'http', 'https'],
  traces: ['own', 'http', 'https'],
  alerts: ['own', 'http', 'https'],
};

function connectionOf(kind: Connected, reference: string, raw: string): Read {
  const scheme = URL.parse(raw)?.protocol.slice(0, -1);
  if (scheme === undefined || !SCHEMES[kind].includes(scheme)) {
    return { wrong: `must be the URL of a ${SCHEMES[kind].includes('own') ? 'source of ' : ''}${kind} that starts with ${SCHEMES[kind].map((s) => (s === 'own' ? 'own:' : `${s}://`)).join(', ')}` };
  }
  return { value: { kind, url: secretOf(raw), reference } satisfies Connection };
}
