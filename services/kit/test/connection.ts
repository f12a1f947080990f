import type { Connected, Connection } from '../contract.ts';
import { secretOf } from '../secret.ts';

/** A declared connection, as a service would get it from its environment. */
export function connectionTo<K extends Connected>(kind: K, url: string, reference = `test.${kind.toUpperCase()}`): Connection<K> {
  return { kind, url: secretOf(url), reference };
}
