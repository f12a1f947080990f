import type { Schema } from '../../services/kit/contract.ts';
import { isRecord } from './problem.ts';

/** The TypeScript type of what a contract's schema describes. */
export type FromSchema<S> =
  S extends null ? null
  : S extends { enum: readonly (infer V)[] } ? V
  : S extends { type: 'array'; items: infer I } ? readonly FromSchema<I>[]
  : S extends { type: 'object'; properties: infer P } ? Members<P, S extends { required: readonly (infer R)[] } ? R : never>
  : S extends { type: readonly (infer T)[] } ? Named<T>
  : S extends { type: infer T } ? Named<T>
  : unknown;

type Members<P, R> =
  & { readonly [K in keyof P as K extends R ? K : never]: FromSchema<P[K]> }
  & { readonly [K in keyof P as K extends R ? never : K]?: FromSchema<P[K]> };
type Named<T> =
  T extends 'string' ? string
  : T extends 'number' | 'integer' ? number
  : T extends 'boolean' ? boolean
  : T extends 'null' ? null
  : T extends 'object' ? Readonly<Record<string, unknown>>
  : T extends 'array' ? readonly unknown[]
  : never;

/** Keywords that `conforms` reads. It is a tolerant reader: unknown members pass, so that an older page outlives a newer gateway. */
export const readKeywords = ['type', 'enum', 'required', 'properties', 'items', 'pattern', 'minimum', 'maximum'] as const;

/** Is the value what the schema says? Enough of JSON Schema for the answers of the contracts (ajv is too large for a page). */
export function conforms<const S extends Schema>(schema: S, value: unknown): value is FromSchema<S> {
  const { type, enum: values, required, properties, items, pattern, minimum, maximum }: Readonly<Record<string, unknown>> = schema;
  if (Array.isArray(values) && !values.includes(value)) return false;
  if (type !== undefined && ![type].flat().some((name) => hasType(name, value))) return false;
  if (typeof pattern === 'string' && typeof value === 'string' && !new RegExp(pattern).test(value)) return false;
  if (typeof minimum === 'number' && typeof value === 'number' && value < minimum) return false;
  if (typeof maximum === 'number' && typeof value === 'number' && value > maximum) return false;
  if (isRecord(value)) {
    if (Array.isArray(required) && required.some((key) => typeof key === 'string' && !Object.hasOwn(value, key))) return false;
    return !isRecord(properties) || Object.entries(properties).every(([key, inner]) => !Object.hasOwn(value, key) || !isRecord(inner) || conforms(inner, value[key]));
  }
  return !Array.isArray(value) || !isRecord(items) || value.every((item) => conforms(items, item));
}

function hasType(name: unknown, value: unknown): boolean {
  if (name === 'object') return isRecord(value);
  if (name === 'array') return Array.isArray(value);
  if (name === 'null') return value === null;
  if (name === 'integer') return Number.isInteger(value);
  if (name === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeof value === name;
}
