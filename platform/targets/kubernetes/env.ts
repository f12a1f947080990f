import { hostOf, isKnob, isOwn, isRef, knobValueOf, metricsPort, ModelError, scrapeOf, servingPort, standardOf, type AnyBinding } from '../../model/index.ts';
import type { EnvVar } from './cdk8s.ts';
import type { Deployed, Scope } from './scope.ts';
import { secretNamedAt, urlSecretOf, WORKLOAD_KEY, type SecretKey } from './secret.ts';

/** One variable of a workload's containers. Addresses stand in the ConfigMap, so that no literal ever holds `://`. */
export interface Entry {
  readonly name: string;
  readonly value: { readonly literal: string } | { readonly config: string } | { readonly secret: SecretKey };
  /** `gateway.AUTH_URL`, where a reference put it there. */
  readonly declaredBy?: string;
}

/** The standard set of every workload, then what its contract names, each once. */
export function entriesOf(deployed: Deployed): readonly Entry[] {
  const { scope, workload, digest } = deployed;
  const metrics = metricsPort(workload.contract);
  return [
    literal('HOST', '0.0.0.0'),
    literal('PORT', servingPort(workload.contract).number),
    ...(metrics ? [literal('METRICS_PORT', metrics.number)] : []),
    literal('ENVIRONMENT', scope.environment.name),
    literal('INSTALLATION', scope.installation),
    literal('REVISION', digest),
    ...(scope.environment.faults && metrics ? [literal('FAULTS', 'yes')] : []),
    ...standardEntries(deployed),
    ...declaredEntries(deployed),
  ];
}

export function variable(deployed: Deployed, { name, value }: Entry): EnvVar {
  // Kubernetes would replace `$(NAME)`; `$$` stands for `$`.
  if ('literal' in value) return { name, value: value.literal.replaceAll('$(', () => '$$(') };
  if ('config' in value) return { name, valueFrom: { configMapKeyRef: { name: deployed.name, key: name } } };
  return { name, valueFrom: { secretKeyRef: { name: value.secret.name, key: value.secret.key } } };
}

function standardEntries(deployed: Deployed): Entry[] {
  const { scope, name, workload } = deployed;
  const { telemetry, keys } = scope.platform.standard;
  const standard = standardOf(workload);
  return [
    ...(standard.includes('telemetry')
      ? [address(deployed, 'TELEMETRY_URL', telemetry), { name: 'WORKLOAD_KEY', value: { secret: secretNamedAt(deployed, 'WORKLOAD_KEY', WORKLOAD_KEY) } }]
      : []),
    ...(standard.includes('keys') ? [address(deployed, 'KEYS_URL', keys)] : []),
    ...(name === telemetry ? [{ name: 'WORKLOADS', value: { config: scrapedBy(deployed) }, declaredBy: `${name}.WORKLOADS` }] : []),
  ];
}

/** `name=url` pairs of everything the workload scrapes. */
function scrapedBy({ scope, name }: Deployed): string {
  const scraped = (scope.edgesFrom.get(name) ?? []).filter((edge) => edge.reference === `${name}.WORKLOADS`);
  return scraped.flatMap(({ to }) => {
    const workload = scope.platform.workloads[to];
    return workload ? [`${to}=${urlAt(to, scrapeOf(workload).number)}`] : [];
  }).join(',');
}

function declaredEntries(deployed: Deployed): Entry[] {
  const { name, workload } = deployed;
  return Object.keys(workload.contract.env).flatMap((key): Entry[] => {
    const bound = workload.options.env[key];
    return bound === undefined ? [] : [entryOf(deployed, key, bound, `${name}.${key}`)];
  });
}

function entryOf(deployed: Deployed, key: string, bound: AnyBinding, declaredBy: string): Entry {
  const { platform, environment } = deployed.scope;
  if (isKnob(bound)) return literal(key, knobValueOf(platform, environment, bound));
  if (!isRef(bound)) return literal(key, bound);
  if (bound.kind === 'service') return address(deployed, key, bound.target);
  if (bound.kind === 'address') return { name: key, value: { config: publicUrlOf(hostOf(environment, platform.workloads[bound.target])) } };
  if (bound.kind === 'secret') return { name: key, value: { secret: secretNamedAt(deployed, key, bound.target) }, declaredBy };
  if (isOwn(platform, environment, bound.target)) return literal(key, 'own:');
  return { name: key, value: { secret: urlSecretOf(deployed, key, bound.target) }, declaredBy };
}

/** A workload that answers a role itself calls itself on loopback: that is no edge, and no policy has to allow it. */
function address({ scope, name }: Deployed, key: string, target: string): Entry {
  const port = portAt(scope, target);
  if (target === name) return { name: key, value: { config: urlAt('127.0.0.1', port) } };
  return { name: key, value: { config: urlAt(target, port) }, declaredBy: `${name}.${key}` };
}

function portAt(scope: Scope, name: string): number {
  const workload = scope.platform.workloads[name];
  if (workload) return servingPort(workload.contract).number;
  throw new ModelError('platform/platform.ts', `no workload is named "${name}"`, `Add it to \`workloads\` in platform/platform.ts.`);
}

/** Outside there is TLS only. */
const publicUrlOf = (host: string | undefined): string => (host === undefined ? 'none:' : `https://${host}`);
const urlAt = (host: string, port: number): string => `http://${host}:${port}`;
const literal = (name: string, value: string | number): Entry => ({ name, value: { literal: String(value) } });
