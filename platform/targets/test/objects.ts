import { parseAllDocuments } from 'yaml';
import type { OutputFile } from '../../model/index.ts';

/** An object as a cluster would read it. */
export interface Read {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>> };
}

/** What stands at a path of keys and places; `undefined` where the path ends early. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((found, key) => (typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined), value);
}
export function each(value: unknown, ...path: readonly (string | number)[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** `Kind/name` → object, of all files. */
export function objectsIn(files: readonly OutputFile[]): Map<string, Read> {
  return new Map(files.flatMap(({ text }) => documentsIn(text)).map((object) => [`${object.kind}/${object.metadata.name}`, object]));
}

export function documentsIn(text: string): Read[] {
  return parseAllDocuments(text).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS() as Read;
  });
}

export const only = (objects: Map<string, Read>, kind: string): Read[] => [...objects.values()].filter((object) => object.kind === kind);

/** The pod specs of deployments, stateful sets and jobs, with the object they are part of. */
export function podsIn(objects: Map<string, Read>): { readonly of: string; readonly labels: unknown; readonly spec: unknown; readonly container: unknown }[] {
  return [...objects].flatMap(([of, object]) => {
    const template = at(object, 'spec', 'template');
    if (template === undefined || object.kind === 'ExternalSecret') return [];
    return [{ of, labels: at(template, 'metadata', 'labels'), spec: at(template, 'spec'), container: at(template, 'spec', 'containers', 0) }];
  });
}
