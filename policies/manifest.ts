import { get, isRecord, textOf } from './json.ts';
import type { Manifest } from './rendered.ts';

/** The annotation that every derived object carries: `gateway.AUTH_URL`, or several with commas. */
export const DECLARED_BY = 'request-journey.dev/declared-by';
/** What a target calls the folder of things that belong to no workload. */
const SHARED = 'shared';

/** One document of a file as a manifest; what is no Kubernetes object gets an empty kind, which no rule but `known-kind` knows. */
export function manifestOf(file: string, index: number, document: unknown): Manifest {
  const json = isRecord(document) ? document : {};
  const kind = textOf(json['kind']) ?? '';
  const name = textOf(get(json, 'metadata', 'name')) ?? '';
  const reference = textOf(get(json, 'metadata', 'annotations', DECLARED_BY));
  const workload = workloadOf(file) ?? textOf(get(json, 'metadata', 'labels', 'app.kubernetes.io/name'));
  return {
    file, json, kind, name,
    object: kind === '' ? `document ${index + 1}` : `${kind}/${name}`,
    apiVersion: textOf(json['apiVersion']) ?? '',
    namespace: textOf(get(json, 'metadata', 'namespace')),
    ...(workload === undefined ? {} : { workload }),
    ...(reference === undefined ? {} : { reference }),
  };
}

/** The folder of a workload is named after it. */
export function workloadOf(file: string): string | undefined {
  const folder = /(?:^|\/)kubernetes\/([^/]+)\/[^/]+$/.exec(file)?.[1];
  return folder === SHARED ? undefined : folder;
}

/** The references of an object's annotation. */
export const referencesOf = (manifest: Manifest): readonly string[] =>
  (manifest.reference ?? '').split(',').map((r) => r.trim()).filter((r) => r !== '');
