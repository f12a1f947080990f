import type { Route } from '../../../services/kit/contract.ts';

interface Published { readonly name: string; readonly routes: Readonly<Record<string, Route>> }

/** The gateway's document in the form that services/kit/openapi.ts writes, as far as pages read it. */
export function openapiOf(own: Published, behind: readonly Published[]): { readonly openapi: string; readonly paths: Readonly<Record<string, unknown>> } {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { name, routes } of [own, ...behind]) {
    for (const [key, route] of Object.entries(routes)) {
      if (name !== own.name && route.public !== true) continue;
      const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [route.method]: operationOf(`${name}.${key}`, route) };
    }
  }
  return { openapi: '3.1.0', paths };
}

function operationOf(operationId: string, route: Route): unknown {
  const json = (schema: unknown) => ({ content: { 'application/json': { schema } } });
  return {
    operationId, summary: route.about,
    ...(route.access === 'anyone' ? { security: [] } : { security: [{ person: [] }], 'x-role': route.access }),
    parameters: [
      ...[...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({ name, in: 'path', required: true, schema: membersOf(route.params)[name] ?? { type: 'string' } })),
      ...Object.entries(membersOf(route.query)).map(([name, schema]) => ({ name, in: 'query', required: [route.query?.['required']].flat().includes(name), schema })),
      ...(route.repeatable === true ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } }] : []),
    ],
    ...(route.body && { requestBody: { required: true, ...json(route.body) } }),
    responses: Object.fromEntries(Object.entries(route.answers).map(([status, schema]) =>
      [status, route.stream === true && status === '200' ? { content: { 'text/event-stream': { schema: { type: 'string' } } } } : schema === null ? {} : json(schema)])),
  };
}

function membersOf(schema: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> {
  return { ...Object(schema?.['properties']) };
}
