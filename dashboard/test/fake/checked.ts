import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Route, Schema } from '../../../services/kit/contract.ts';

const ajv = new Ajv2020({ allErrors: true, strict: false, allowUnionTypes: true });
addFormats(ajv);

/** So that the fake cannot lie: what it sends is what the contract says. @throws Error that names every fault */
export function mustConform(schema: Schema | null | undefined, value: unknown, what: string): void {
  if (schema === null || schema === undefined) {
    if (value !== null && value !== undefined) throw new Error(`${what} answers nothing, by its contract.`);
    return;
  }
  if (!ajv.validate(schema, value)) throw new Error(`${what} is not what its contract says: ${ajv.errorsText()}`);
}

/** What a page sent, checked as the services check it. @returns the faults, if there are any */
export function faultsOf(route: Route, part: 'params' | 'query' | 'body', value: unknown): string | undefined {
  const schema = route[part];
  if (schema === undefined) return undefined;
  const typed = part === 'query' && typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, typedBy(schema, key, text)])) : value;
  return ajv.validate(schema, typed) ? undefined : ajv.errorsText(null, { dataVar: part });
}

/** A query holds texts; what the schema calls a number or a boolean is one, as in the services. */
function typedBy(schema: Schema, key: string, text: unknown): unknown {
  const { properties } = schema;
  const own: unknown = typeof properties === 'object' && properties !== null ? Reflect.get(properties, key) : undefined;
  const type: unknown = typeof own === 'object' && own !== null ? Reflect.get(own, 'type') : undefined;
  if (type === 'integer' || type === 'number') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}
