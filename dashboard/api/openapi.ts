import { watchingRoutes } from '../../services/gateway/contract/watching.ts';
import { ask } from './ask.ts';
import { isRecord } from './problem.ts';

export type Access = 'anyone' | 'viewer' | 'operator' | 'admin';
export type JsonSchema = Readonly<Record<string, unknown>>;
export interface Parameter { readonly name: string; readonly in: 'path' | 'query'; readonly required: boolean; readonly schema: JsonSchema }
export interface Answer { readonly status: string; readonly schema: JsonSchema | undefined; readonly stream: boolean }

/** One public route, as the gateway's document tells it. */
export interface Operation {
  /** `deployment.create`: the service that owns it, and its name there. */
  readonly id: string;
  readonly service: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/v1/settings/{environment}/{name}` */
  readonly path: string;
  readonly about: string;
  readonly access: Access;
  readonly parameters: readonly Parameter[];
  readonly body: JsonSchema | undefined;
  readonly answers: readonly Answer[];
  /** Takes an Idempotency-Key. */
  readonly repeatable: boolean;
}

export const readOperations = async (signal: AbortSignal): Promise<readonly Operation[]> => operationsIn(await ask(watchingRoutes.openapi, { signal }));

/** Every operation of an OpenAPI 3.1 document, in its order. What has another form than this release reads is left out. */
export function operationsIn(document: { readonly paths?: unknown }): readonly Operation[] {
  return membersOf(document.paths).flatMap(([path, operations]) => membersOf(operations).flatMap(([method, operation]) => operationOf(method, path, operation) ?? []));
}

function operationOf(name: string, path: string, told: JsonSchema): Operation | undefined {
  const method = methods.find((each) => each.toLowerCase() === name);
  const { operationId: id, summary, responses, security, requestBody, parameters } = told;
  if (!method || typeof id !== 'string') return undefined;
  const all = Array.isArray(parameters) ? parameters.filter(isRecord) : [];
  return {
    id, method, path, service: id.split('.')[0] ?? '', about: typeof summary === 'string' ? summary : '',
    access: Array.isArray(security) && security.length === 0 ? 'anyone' : accesses.find((access) => access === told['x-role']) ?? 'viewer',
    parameters: all.flatMap((each) => parameterOf(each) ?? []),
    body: schemaIn(requestBody, 'application/json'),
    answers: membersOf(responses).filter(([status]) => status !== 'default').map(([status, answer]) =>
      ({ status, schema: schemaIn(answer, 'application/json'), stream: schemaIn(answer, 'text/event-stream') !== undefined })),
    repeatable: all.some((each) => each['in'] === 'header' && each['name'] === 'Idempotency-Key'),
  };
}

function parameterOf({ name, in: place, required, schema }: JsonSchema): Parameter | undefined {
  if (typeof name !== 'string' || (place !== 'path' && place !== 'query')) return undefined;
  return { name, in: place, required: required === true, schema: isRecord(schema) ? schema : {} };
}

function schemaIn(holder: unknown, type: string): JsonSchema | undefined {
  const content = isRecord(holder) ? holder['content'] : undefined;
  const media = isRecord(content) ? content[type] : undefined;
  const schema = isRecord(media) ? media['schema'] : undefined;
  return isRecord(schema) ? schema : undefined;
}

function membersOf(value: unknown): readonly (readonly [string, JsonSchema])[] {
  return isRecord(value) ? Object.entries(value).flatMap(([key, member]) => (isRecord(member) ? [[key, member] as const] : [])) : [];
}

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const;
const accesses = ['anyone', 'viewer', 'operator', 'admin'] as const;
