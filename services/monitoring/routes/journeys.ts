import type { Answer, RouteRequest } from '../../kit/kit.ts';
import { gateway } from '../../gateway/contract.ts';
import { monitoring } from '../contract.ts';
import type { Store, Wanted } from '../adapters/journey-port.ts';
import { numberOf } from './asked-logs.ts';

/** The door that requests come through. */
const DOOR = 'gateway';
const SHOWN = 50;
/** Looking at journeys is itself a journey; a page that refreshes would soon list nothing but itself. */
const LOOKING = [...Object.values(monitoring.routes).filter((route) => 'public' in route && route.method === 'get'), gateway.routes.ticket].map(({ method, path }) => `${method.toUpperCase()} ${path}`);

export function journeys(store: Pick<Store, 'newest' | 'sources'>) {
  return async ({ query }: RouteRequest): Promise<Answer> => ({ status: 200, body: { ...await store.newest(DOOR, LOOKING, wantedOf(query)), source: store.sources.hops } });
}

function wantedOf(query: Readonly<Record<string, unknown>>): Wanted {
  const texts = Object.fromEntries(['service', 'route', 'text', 'before'].flatMap((key) => typeof query[key] === 'string' ? [[key, query[key]]] : []));
  const numbers = Object.fromEntries(['minMs', 'maxMs', 'from', 'to'].flatMap((key) => numberOf(query[key]) === undefined ? [] : [[key, query[key]]]));
  const { status, traffic } = query;
  return { ...texts, ...numbers, ...(status === 'ok' || status === 'error' ? { status } : {}), ...(traffic === 'demo' || traffic === 'other' ? { traffic } : {}), limit: numberOf(query['limit']) ?? SHOWN };
}
