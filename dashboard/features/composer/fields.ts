import type { JsonSchema, Operation } from '../../api/openapi.ts';
import { isRecord } from '../../api/problem.ts';

/** How a value is asked for. `json` is what no simpler form fits. */
export type FieldKind = 'text' | 'choice' | 'choices' | 'lines' | 'json';
export interface Field {
  /** `path.environment`, `query.limit`, `body.reason`: also its name in the address. */
  readonly key: string;
  readonly name: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly schema: JsonSchema;
  /** Never kept, nor put into an address. */
  readonly secret: boolean;
  readonly options: readonly string[];
}

const deepest = 3;
const hidden = /password|secret|token|^link$/i;

/** Everything that a route takes, in the order of its document. */
export function fieldsOf({ parameters, body }: Pick<Operation, 'parameters' | 'body'>): readonly Field[] {
  return [
    ...parameters.map(({ name, in: place, required, schema }) => fieldOf(`${place}.${name}`, name, required, schema)),
    ...(body ? membersOf(body, 'body', '', deepest) : []),
  ];
}

function membersOf(schema: JsonSchema, key: string, prefix: string, left: number): readonly Field[] {
  const properties = isRecord(schema['properties']) ? Object.entries(schema['properties']) : [];
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return properties.flatMap(([name, inner]) => {
    if (!isRecord(inner)) return [];
    const [innerKey, label] = [`${key}.${name}`, prefix + name];
    // An optional object as a whole: its members cannot say that it is left out.
    if (inner['type'] === 'object' && isRecord(inner['properties']) && left > 1 && required.includes(name)) return membersOf(inner, innerKey, `${label}.`, left - 1);
    return [fieldOf(innerKey, label, required.includes(name), inner)];
  });
}

function fieldOf(key: string, name: string, required: boolean, schema: JsonSchema): Field {
  const { enum: among, type, items } = schema;
  const inner = isRecord(items) ? items : {};
  const field = { key, name, required, schema, secret: hidden.test(name), options: [] };
  if (Array.isArray(among)) return { ...field, kind: 'choice', options: among.map(String) };
  if (type === 'boolean') return { ...field, kind: 'choice', options: ['true', 'false'] };
  if (type === 'array' && Array.isArray(inner['enum'])) return { ...field, kind: 'choices', options: inner['enum'].map(String) };
  if (type === 'array' && (inner['type'] === 'string' || inner['type'] === 'number' || inner['type'] === 'integer')) return { ...field, kind: 'lines' };
  if (type === 'array' || type === 'object' || (type === undefined && among === undefined)) return { ...field, kind: 'json' };
  return { ...field, kind: 'text' };
}

/** What a schema offers to begin with. */
export function initialOf({ schema }: Field): string {
  const { default: given, examples } = schema;
  const first: unknown = given ?? (Array.isArray(examples) ? examples[0] : undefined);
  return first === undefined ? '' : typeof first === 'string' ? first : JSON.stringify(first);
}
