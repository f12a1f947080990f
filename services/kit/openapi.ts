import type { Contract, Route, Schema } from './contract.ts';
import { DEEPEST } from './body.ts';
import { problems } from './problem.ts';

/** OpenAPI 3.1 from the routes of a contract: schemas are JSON Schema 2020-12, as 3.1 wants them. */
export function openapiOf(contract: Contract, revision: string): Schema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [key, route] of Object.entries(contract.routes)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(contract.name, key, route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: contract.name, summary: contract.about, version: revision, description: `Bodies are JSON of at most ${DEEPEST} levels. Errors are application/problem+json (RFC 9457).` },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    paths,
    components: {
      schemas: { Problem: problemSchema },
      responses: { Problem: { description: 'What went wrong, why, and what to do.', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
      securitySchemes: {
        person: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An RS256 token of POST /v1/tokens.' },
        workload: { type: 'http', scheme: 'bearer', description: 'The key that all workloads share.' },
      },
    },
  };
}

function operationOf(service: string, key: string, route: Route): Schema {
  const { access } = route;
  return {
    operationId: `${service}.${key}`,
    summary: route.about,
    ...(access === 'anyone' ? { security: [] } : access === 'workload' ? { security: [{ workload: [] }] } : { security: [{ person: [] }], 'x-role': access }),
    ...parametersOf(route),
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(route.answers).map(([status, schema]) =>
        [status, { description: `${service}.${key} succeeded.`, ...contentOf(route, status, schema) }])),
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function contentOf({ stream }: Route, status: string, schema: Schema | null): Schema {
  if (stream === true && status === '200') return { content: { 'text/event-stream': { schema: { type: 'string', description: 'Server-sent events (HTML Living Standard, 9.2); `data` is JSON.' } } } };
  return schema === null ? {} : { content: { 'application/json': { schema } } };
}

function parametersOf(route: Route): Schema {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) =>
    ({ name, in: 'path', required: true, schema: propertiesOf(route.params)[name] ?? { type: 'string' } }));
  const required: unknown = route.query?.['required'];
  const inQuery = Object.entries(propertiesOf(route.query)).map(([name, schema]) =>
    ({ name, in: 'query', required: Array.isArray(required) && required.includes(name), schema }));
  const inHeader = route.repeatable === true
    ? [{ name: 'Idempotency-Key', in: 'header', required: false, description: 'The same key twice is one request.', schema: { type: 'string', minLength: 1, maxLength: 200 } }] : [];
  const parameters = [...inPath, ...inQuery, ...inHeader];
  return parameters.length === 0 ? {} : { parameters };
}

function propertiesOf(schema: Schema | undefined): Readonly<Record<string, unknown>> {
  const properties = schema?.['properties'];
  return typeof properties === 'object' && properties !== null ? properties as Readonly<Record<string, unknown>> : {};
}

const problemSchema: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'fix', 'traceId'],
  properties: {
    type: { type: 'string', format: 'uri-reference' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' },
    code: { enum: Object.keys(problems) }, fix: { type: 'string' }, traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' },
    at: { type: 'string', description: 'The service whose hop ended.' },
    errors: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } } },
  },
};
