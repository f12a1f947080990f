import { isRef, providerOf, type ClusterEnvironment, type Declared } from '../../model/index.ts';
import { SecretsmanagerSecret, VpcEndpoint, type Added } from './cdktf.ts';
import type { Network } from './network.ts';
import { policyOf } from './policy.ts';
import { PROJECT, type Scope } from './scope.ts';
import { allow, groupOf } from './security-group.ts';

/** The key that workloads send telemetry with: part of the standard set, so no reference names it. */
const WORKLOAD_KEY = 'workload-key';
/** Days in which a deleted secret can be brought back, where no secret store of the environment says otherwise. */
const RECOVERY_DAYS = 7;

/**
 * Secrets Manager: an entry for every `secretNamed`, the workload key and the URL of every backing. Values are put
 * there by people and machines; none is in Terraform. External Secrets copies them into the cluster.
 */
export function addSecrets(scope: Scope, network: Network, kmsKeyId: string): void {
  if (scope.made.secrets.length === 0) return;
  addSecret(scope, WORKLOAD_KEY, 'What workloads send their telemetry with', kmsKeyId);
  for (const { name, from } of namedSecrets(scope)) addSecret(scope, name, `Asked for by ${from.declaredBy}`, kmsKeyId, from);
  for (const name of backingUrls(scope)) addSecret(scope, `${name}-url`, `The URL of ${name}, with its credentials`, kmsKeyId);
  addEndpoint(scope, network);
}

/** `request-journey/production/identity-url`: the name that External Secrets asks for. */
export const storedAs = (environment: ClusterEnvironment, name: string): string => `${PROJECT}/${environment.name}/${name}`;

/** One secret without a value. */
export function addSecret(scope: Scope, name: string, description: string, kmsKeyId: string, from: Omit<Declared, 'object'> = {}): Added<SecretsmanagerSecret> {
  return scope.stack.add(SecretsmanagerSecret, name, {
    name: storedAs(scope.environment, name), description, kmsKeyId,
    recoveryWindowInDays: scope.made.secrets[0]?.options.recoveryDays ?? RECOVERY_DAYS,
  }, from);
}

interface Named { readonly name: string; readonly from: { readonly workload: string; readonly declaredBy: string } }

/** Each name once, with the first reference that asks for it. */
function namedSecrets({ platform }: Scope): Named[] {
  const all = Object.entries(platform.workloads).flatMap(([workload, { options }]) =>
    Object.entries(options.env).flatMap(([key, bound]): Named[] =>
      (isRef(bound) && bound.kind === 'secret' ? [{ name: bound.target, from: { workload, declaredBy: `${workload}.${key}` } }] : [])));
  return [...new Map(all.toReversed().map((one) => [one.name, one])).values()].toReversed();
}

/** Backings that workloads reach by a URL from outside the cluster; `inCluster` ones make their own credentials. */
function backingUrls({ platform, environment }: Scope): string[] {
  return Object.values(platform.backing).flatMap(({ name, kind }) =>
    (kind !== 'secrets' && !['inCluster', 'own'].includes(providerOf(platform, environment, name).provider) ? [name] : []));
}

/** Reached by External Secrets alone: workloads get their secrets from the cluster. */
function addEndpoint(scope: Scope, network: Network): void {
  const { stack, environment, account } = scope;
  const { region } = environment.cloud;
  const reader = groupOf(scope, network, 'external-secrets', 'External Secrets, which copies secrets into the cluster', {});
  const store = groupOf(scope, network, 'secret-store', 'The endpoint of Secrets Manager', {});
  allow(scope, 'external-secrets-to-secret-store', 'External Secrets reads all secrets', { from: reader, to: store, port: 443 }, {});
  stack.add(VpcEndpoint, 'secrets', {
    vpcId: network.vpcId, vpcEndpointType: 'Interface', serviceName: `com.amazonaws.${region}.secretsmanager`,
    subnetIds: [...network.workloads], securityGroupIds: [store], privateDnsEnabled: true,
    policy: policyOf({
      Sid: 'ReadThisEnvironment', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      Resource: [`arn:aws:secretsmanager:${region}:${account}:secret:${storedAs(environment, '*')}`],
    }),
    tags: { Name: `${environment.name}-secrets` },
  });
}
