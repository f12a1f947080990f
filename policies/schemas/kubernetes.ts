import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { get, isRecord, listOf, pointer, type Json, type Path } from '../json.ts';
import { formats } from './formats.ts';

/** What one version of the API says against an object. */
export interface Mistake { readonly path: Path; readonly what: string }
export interface Api {
  /** `1.28` */
  readonly version: string;
  knows(apiVersion: string, kind: string): boolean;
  /** Everything that is wrong with an object of a known kind; nothing for an unknown one. */
  mistakes(apiVersion: string, kind: string, object: unknown): readonly Mistake[];
}

/** What the OpenAPI document says too loosely or, for values with two forms, wrongly. */
const byHand: Readonly<Record<string, unknown>> = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: ['integer', 'string'] },
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: ['number', 'string'], format: 'quantity' },
  'io.k8s.apimachinery.pkg.runtime.RawExtension': { type: 'object' },
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON': {},
};

/** The oldest and the newest API that our manifests must fit. */
export const apis: readonly Api[] = [apiOf('1.28.15'), apiOf('1.34.4')];

function apiOf(release: string): Api {
  const document: unknown = JSON.parse(readFileSync(new URL(`kubernetes-${release}.json`, import.meta.url), 'utf8'));
  const definitions = get(document, 'definitions');
  const names = namesByKind(definitions);
  const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, inlineRefs: false, formats });
  ajv.addVocabulary(['x-kubernetes-group-version-kind', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'x-kubernetes-map-type', 'x-kubernetes-patch-merge-key', 'x-kubernetes-patch-strategy', 'x-kubernetes-preserve-unknown-fields']);
  ajv.addSchema({ $id: 'api', definitions: strict(definitions) });
  const compiled = new Map<string, ValidateFunction>();
  const validator = (name: string): ValidateFunction => {
    const known = compiled.get(name) ?? ajv.compile({ $ref: `api#/definitions/${name}` });
    compiled.set(name, known);
    return known;
  };
  return {
    version: release.replace(/\.\d+$/, ''),
    knows: (apiVersion, kind) => names.has(`${apiVersion} ${kind}`),
    mistakes: (apiVersion, kind, object) => {
      const name = names.get(`${apiVersion} ${kind}`);
      if (name === undefined) return [];
      const validate = validator(name);
      return validate(object) ? [] : (validate.errors ?? []).map(mistake);
    },
  };
}

/** `apps/v1 Deployment` → `io.k8s.api.apps.v1.Deployment`; only what is an object of its own (has metadata and is no list). */
function namesByKind(definitions: unknown): Map<string, string> {
  const names = new Map<string, string>();
  for (const [name, schema] of Object.entries(isRecord(definitions) ? definitions : {})) {
    const kinds = listOf(get(schema, 'x-kubernetes-group-version-kind'));
    if (kinds.length !== 1 || get(schema, 'properties', 'metadata', '$ref') !== '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta') continue;
    const { group, version, kind } = isRecord(kinds[0]) ? kinds[0] : {};
    names.set(`${group ? `${String(group)}/` : ''}${String(version)} ${String(kind)}`, name);
  }
  return names;
}

function strict(definitions: unknown): Json {
  const closed = Object.entries(isRecord(definitions) ? definitions : {}).map(([name, schema]) => [name, byHand[name] ?? close(schema)] as const);
  return Object.fromEntries(closed);
}

/** No unknown field in any object whose fields are known. */
function close(schema: unknown): unknown {
  if (!isRecord(schema)) return schema;
  const { properties, items, additionalProperties, ...rest } = schema;
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true || additionalProperties !== undefined;
  return {
    ...rest,
    ...(isRecord(properties) ? { properties: Object.fromEntries(Object.entries(properties).map(([k, v]) => [k, close(v)])) } : {}),
    ...(isRecord(properties) && !open ? { additionalProperties: false } : {}),
    ...(additionalProperties === undefined ? {} : { additionalProperties: close(additionalProperties) }),
    ...(items === undefined ? {} : { items: close(items) }),
  };
}

function mistake(error: ErrorObject): Mistake {
  const unknown = get(error.params, 'additionalProperty');
  const path = pointer(error.instancePath);
  if (typeof unknown === 'string') return { path: [...path, unknown], what: 'unknown field' };
  return { path, what: error.message ?? error.keyword };
}
