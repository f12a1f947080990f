import type { Yaml } from '../yaml.ts';
import type { Described } from './cdk8s.ts';

export type { Described } from './cdk8s.ts';

export type Plain = { readonly [key: string]: Yaml | undefined };
export interface PlainObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: Plain; readonly annotations: Plain };
  readonly spec: Plain;
}

/** Custom resources, and network policies, whose names are to be read: written as they are, past cdk8s. */
export function plain({ apiVersion, kind, metadata, spec }: PlainObject, declaredBy: readonly string[] = []): Described {
  return { kind, name: metadata.name, declaredBy, render: () => ({ apiVersion, kind, metadata: { ...metadata }, spec }) };
}
