import { metadataOf } from '../metadata.ts';
import { plain, type Described } from '../object.ts';
import type { Owner, Scope } from '../scope.ts';
import { VALUE, WORKLOAD_KEY } from '../secret.ts';
import { wave } from '../wave.ts';

const GENERATOR = 'password';

/** Makes passwords of letters and digits, which need no escape in a URL; each use makes a new one. */
export function generatorOf(scope: Scope, owner: Owner): Described {
  return plain({
    apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password',
    metadata: metadataOf(scope, owner, GENERATOR, wave.policy),
    spec: { length: 40, digits: 10, symbols: 0, noUpper: false, allowRepeat: true },
  });
}

export interface Generated {
  /** The name of the Secret and of the object that makes it. */
  readonly name: string;
  readonly passwords: readonly string[];
  /** Key → template over the passwords. */
  readonly secret: Readonly<Record<string, string>>;
}

/**
 * A Secret with passwords that are made in the cluster, once. It outlives the object, as a volume outlives its pod: a database does
 * not follow a new password.
 */
export function generatedSecretOf(scope: Scope, owner: Owner, { name, passwords, secret }: Generated, declaredBy: readonly string[] = []): Described {
  return plain({
    apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret',
    metadata: metadataOf(scope, owner, name, wave.access, declaredBy),
    spec: {
      refreshPolicy: 'CreatedOnce',
      target: { name, creationPolicy: 'Orphan', deletionPolicy: 'Retain', template: { engineVersion: 'v2', mergePolicy: 'Replace', data: secret } },
      dataFrom: passwords.map((password) => ({
        sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: GENERATOR } },
        rewrite: [{ regexp: { source: '^password$', target: password } }],
      })),
    },
  }, declaredBy);
}

/** The key that workloads send their telemetry with, where no store keeps it. */
export const workloadKeyOf = (scope: Scope, owner: Owner): Described =>
  generatedSecretOf(scope, owner, { name: WORKLOAD_KEY, passwords: [VALUE], secret: { [VALUE]: `{{ .${VALUE} }}` } });
