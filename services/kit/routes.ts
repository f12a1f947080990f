import type { Express, Request, Response } from 'express';
import { admit, bearerOf } from './access.ts';
import { readBytes, readJson } from './body.ts';
import { isProtobuf, PROTOBUF, type Codec } from './codec.ts';
import type { Route, RouteSet } from './contract.ts';
import { eventStreamHeaders, pour, pourAs, saidComeBack } from './event-stream.ts';
import type { Verified } from './identity.ts';
import type { Answer, Kit, RouteRequest } from './kit.ts';
import { asLines, lineHeaders } from './line-answer.ts';
import { problem } from './problem.ts';
import { stateOf, type RequestState } from './request-state.ts';
import { openValidator, type Checks } from './validate.ts';

export type Handler = (request: RouteRequest) => Promise<Answer>;
export const LARGEST_BODY = 65_536;

/** Every route of a contract, in this order of checks: access, path, query, body, handler, answer. */
export function mountRoutes(express: Express, kit: Kit, routes: RouteSet, handlers: Readonly<Record<string, Handler>>, codecs: Readonly<Record<string, Codec>> = {}): void {
  const validator = openValidator();
  for (const [key, route] of Object.entries(routes)) {
    const name = `${kit.contract.name}.${key}`;
    const handler = handlers[key];
    if (!handler) throw new Error(`${name} is in the contract, but no handler answers it.`);
    const checks = validator(name, route);
    express[route.method](route.path, (request: Request, response: Response) => handle(kit, route, checks, handler, request, response, codecs[key]));
  }
}

/** After all routes: a known path with another method is 405 and says which ones there are. */
export function refuseOtherMethods(express: Express, routes: readonly Pick<Route, 'method' | 'path'>[]): void {
  for (const [path, same] of Map.groupBy(routes, (route) => route.path)) {
    const allow = same.flatMap(({ method }) => method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]).join(', ');
    express.all(path, (request: Request) => {
      stateOf(request).nameRoute(path);
      throw problem('method_not_allowed', `This path takes ${allow}.`, { headers: { allow } });
    });
  }
}

async function handle(kit: Kit, route: Route, checks: Checks, handler: Handler, request: Request, response: Response, other?: Codec): Promise<void> {
  const state = stateOf(request);
  state.nameRoute(route.path);
  const token = bearerOf(request.get('authorization'));
  const person = await admit(kit, route.access, token);
  if (person) state.span.setAttribute('enduser.role', person.roles.join(','));
  const params = checks.params(request.params);
  const query = checks.query(request.query);
  const codec = other && isProtobuf(request) ? other : undefined;
  const body = route.body ? checks.body(await readBody(route, request, response, codec)) : undefined;
  const ask = () => handler({
    params, query, body, person, traceId: state.traceId, signal: state.signal, token,
    header: (name) => request.get(name),
  });
  if (route.stream === true) return await stream(kit, state, checks, person, ask, response);
  const answer = await inTime(kit, state, ask);
  if (kit.limits.checkAnswers) checks.answer(answer.status, answer.body);
  if (answer.events !== undefined || answer.lines !== undefined) throw new Error(`The contract does not say that ${route.path} is a stream.`);
  if (codec) return void response.status(answer.status).type(PROTOBUF).send(Buffer.from(codec.encode(answer.body)));
  return send(response, answer);
}

async function readBody({ maxBytes = LARGEST_BODY, access }: Route, request: Request, response: Response, codec: Codec | undefined): Promise<unknown> {
  if (codec) return codec.decode(await readBytes(request, response, maxBytes));
  return await readJson(request, response, { maxBytes, plainText: access !== 'workload' });
}

/** The place is taken first: what cannot be served is not begun. The handler must answer in time; its events may then take hours. */
async function stream(kit: Kit, state: RequestState, checks: Checks, person: Verified | null, ask: () => Promise<Answer>, response: Response): Promise<void> {
  if (state.signal.aborted || (kit.streams.ended && saidComeBack(response))) return;
  response.once('close', kit.streams.take(person?.name, () => state.abort(new Error('the process stops'))));
  const answer = await inTime(kit, state, ask);
  if (kit.limits.checkAnswers) checks.answer(answer.status, answer.body);
  const { events, lines } = answer;
  if (events === undefined && lines === undefined) return send(response, answer);
  response.writeHead(answer.status, { ...events === undefined ? lineHeaders : eventStreamHeaders, ...answer.headers });
  if (response.req.method === 'HEAD') return void response.end();
  const expiry = setTimeout(() => state.abort(new Error('its token has expired')), untilExpiry(person));
  response.once('close', () => clearTimeout(expiry));
  state.beginStream();
  try {
    if (events !== undefined) await pour(events, response, state, kit.limits);
    if (lines !== undefined) await pourAs(asLines, lines, response, state, kit.limits);
  } catch (error) {
    state.abort(new Error('its source failed'));
    throw error;
  }
}

/** Nobody listens longer than the token that let them in; a client that comes back shows a new one. At most a day. */
const untilExpiry = (person: Verified | null): number => Math.min(person === null ? Infinity : person.expiresAt * 1000 - Date.now(), 86_400_000);

function send(response: Response, { status, body, headers = {} }: Answer): void {
  response.status(status).set(headers);
  if (body === undefined) response.end();
  else response.json(body);
}

/** A handler that never comes back must not hold its caller for ever. */
async function inTime<T>(kit: Kit, state: RequestState, work: () => Promise<T>): Promise<T> {
  const { requestMs } = kit.limits;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = problem('unavailable', `${kit.contract.name} did not finish within ${requestMs} ms.`, { at: kit.contract.name });
      state.abort(reason);
      reject(reason);
    }, requestMs);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
