import { PROJECT, type Deployed, type Scope } from './scope.ts';
import { placeOf } from './place.ts';

/** Where a container reads a secret from. */
export interface SecretKey {
  /** Name of the Secret, and the key in it. */
  readonly name: string;
  readonly key: string;
  /** The name of the value in the environment's secret store; absent when the Secret is made in the cluster. */
  readonly stored?: string;
}

/** The secret that every workload sends its telemetry with. */
export const WORKLOAD_KEY = 'workload-key';
/** The key of a Secret that holds one value. */
export const VALUE = 'value';

/** The Secret that External Secrets fills for one workload: it holds what this workload may read, and nothing else. */
export const fetchedInto = (workload: string): string => `${workload}-secrets`;
/** The Secret with the generated credentials of an `inCluster` backing. */
export const credentialsOf = (backing: string): string => `${backing}-credentials`;

/**
 * A value of the secret store, for the entry `key` of a workload. Where the environment keeps its secrets in the cluster, a Secret
 * of the same name with the key `value` is expected there.
 */
export function secretNamedAt({ scope, name }: Deployed, key: string, secret: string): SecretKey {
  return scope.keepsSecrets ? { name: secret, key: VALUE } : { name: fetchedInto(name), key, stored: storedAs(scope, secret) };
}

/** The URL of a backing with the credentials of its role: generated with an `inCluster` backing, else the stored `<backing>-url`. */
export function urlSecretOf(deployed: Deployed, key: string, backing: string): SecretKey {
  if (placeOf(deployed.scope, backing).in === 'cluster') return { name: credentialsOf(backing), key: 'url' };
  return secretNamedAt(deployed, key, `${backing}-url`);
}

/** `request-journey/production/identity-url`: the name in the store, which environments may share. */
export const storedAs = (scope: Scope, secret: string): string => `${PROJECT}/${scope.environment.name}/${secret}`;
