import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isPlain } from './body.ts';
import type { Route, Schema } from './contract.ts';
import { problem, type Invalid, type Problem } from './problem.ts';

/** What one route lets in. Schemas are compiled once, at start: a wrong one stops the service there. */
export interface Checks {
  params(raw: Readonly<Record<string, unknown>>): Readonly<Record<string, string>>;
  query(raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  body(value: unknown): unknown;
  /** For tests. @throws {Problem} `internal`, naming what the contract does not allow */
  answer(status: number, body: unknown): void;
}

const SHOWN = 10;
const ANY_TEXT: Schema = { type: 'object', additionalProperties: { type: 'string', minLength: 1, maxLength: 500 } };
const NOTHING: Schema = { type: 'object', additionalProperties: false };

/** One compiler per service: compiled schemas are kept for as long as it lives. */
export function openValidator() {
  // Strict: an unknown keyword or format is an error at start, not a check that silently never runs.
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true, coerceTypes: false, useDefaults: false });
  formats.default(ajv);
  return (name: string, route: Route): Checks => {
    const params = ajv.compile(route.params ?? ANY_TEXT);
    const querySchema = route.query ?? NOTHING;
    const query = ajv.compile(querySchema);
    const body = route.body && ajv.compile(route.body);
    const answers = new Map<number, ValidateFunction>();
    return {
      params: (raw) => texts(assertFits(params, assertPlain(raw), 'invalid_params', `The path does not fit ${name}.`)),
      query: (raw) => record(assertFits(query, coerced(assertPlain(raw), querySchema), 'invalid_params', `The query does not fit ${name}.`)),
      body: (value) => body ? assertFits(body, value, 'invalid_body', `The body does not fit ${name}.`) : undefined,
      answer(status, value) {
        const schema = route.answers[status];
        if (schema === undefined) throw problem('internal', `${name} answered ${status}, which its contract does not list.`);
        if (schema === null) {
          if (value !== undefined) throw problem('internal', `${name} answered ${status} with a body, which its contract does not allow.`);
          return;
        }
        const check = answers.get(status) ?? ajv.compile(schema);
        answers.set(status, check);
        // As it goes over the wire: a Date is a text there, an undefined field is none.
        const sent: unknown = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
        if (!check(sent)) throw problem('internal', `${name} answered ${status} with a body that its contract does not allow: ${shown(check.errors).map((e) => `${e.path} ${e.message}`).join('; ')}.`);
      },
    };
  };
}

function assertFits(check: ValidateFunction, value: unknown, code: 'invalid_body' | 'invalid_params', detail: string): unknown {
  if (check(value)) return value;
  throw refusal(code, detail, check.errors);
}

function refusal(code: 'invalid_body' | 'invalid_params', detail: string, errors: readonly ErrorObject[] | null | undefined): Problem {
  return problem(code, detail, { errors: shown(errors) });
}

/** Where and what; never the value, which may be a password. */
function shown(errors: readonly ErrorObject[] | null | undefined): Invalid[] {
  return (errors ?? []).slice(0, SHOWN).map(({ instancePath, message = 'is wrong', params }) => {
    const extra: unknown = params['additionalProperty'];
    const allowed: unknown = params['allowedValues'];
    const more = typeof extra === 'string' ? `: ${JSON.stringify(extra.slice(0, 60))}` : Array.isArray(allowed) ? `: ${allowed.map((v) => JSON.stringify(v)).join(', ')}` : '';
    return { path: instancePath === '' ? '/' : instancePath, message: message + more };
  });
}

function assertPlain(raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  for (const [key, value] of Object.entries(raw)) {
    if (!isPlain(key) || (typeof value === 'string' && !isPlain(value))) throw problem('invalid_params', 'A parameter holds U+0000 or half of a character.');
  }
  return raw;
}

/** A query is text. Where the schema wants a number or a boolean, exactly its JSON spelling counts as one. */
function coerced(raw: Readonly<Record<string, unknown>>, schema: Schema): Record<string, unknown> {
  const properties = record(schema['properties'] ?? {});
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => {
    const type = record(Object.hasOwn(properties, key) ? properties[key] : {})['type'];
    if (typeof value !== 'string') return [key, value];
    if ((type === 'integer' || type === 'number') && /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/.test(value)) return [key, Number(value)];
    if (type === 'boolean' && (value === 'true' || value === 'false')) return [key, value === 'true'];
    return [key, value];
  }));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? value as Readonly<Record<string, unknown>> : {};
}
function texts(value: unknown): Readonly<Record<string, string>> {
  return value as Readonly<Record<string, string>>;
}
