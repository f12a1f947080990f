import type { Express, Request, Response } from 'express';
import { admit, bearerOf } from './access.ts';
import { readJson } from './body.ts';
import type { Route, RouteSet } from './contract.ts';
import type { Answer, Kit, RouteRequest } from './kit.ts';
import { problem } from './problem.ts';
import { stateOf, type RequestState } from './request-state.ts';
import { openValidator, type Checks } from './validate.ts';

export type Handler = (request: RouteRequest) => Promise<Answer>;
export const LARGEST_BODY = 65_536;

/** Every route of a contract, in this order of checks: access, path, query, body, handler, answer. */
export function mountRoutes(express: Express, kit: Kit, routes: RouteSet, handlers: Readonly<Record<string, Handler>>): void {
  const validator = openValidator();
  for (const [key, route] of Object.entries(routes)) {
    const name = `${kit.contract.name}.${key}`;
    const handler = handlers[key];
    if (!handler) throw new Error(`${name} is in the contract, but no handler answers it.`);
    const checks = validator(name, route);
    express[route.method](route.path, (request: Request, response: Response) => handle(kit, route, checks, handler, request, response));
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

async function handle(kit: Kit, route: Route, checks: Checks, handler: Handler, request: Request, response: Response): Promise<void> {
  const state = stateOf(request);
  state.nameRoute(route.path);
  const token = bearerOf(request.get('authorization'));
  const person = await admit(kit, route.access, token);
  if (person) state.span.setAttribute('enduser.role', person.roles.join(','));
  const params = checks.params(request.params);
  const query = checks.query(request.query);
  const body = route.body
    ? checks.body(await readJson(request, response, { maxBytes: route.maxBytes ?? LARGEST_BODY, plainText: route.access !== 'workload' }))
    : undefined;
  const answer = await inTime(kit, state, () => handler({
    params, query, body, person, traceId: state.traceId, signal: state.signal, token,
    header: (name) => request.get(name),
  }));
  if (kit.limits.checkAnswers) checks.answer(answer.status, answer.body);
  send(response, answer);
}

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
