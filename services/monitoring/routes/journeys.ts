import type { Answer } from '../../kit/kit.ts';
import { monitoring } from '../contract.ts';
import type { Store } from '../adapters/store.ts';

/** The door that requests come through. */
const DOOR = 'gateway';
/** Looking at journeys is itself a journey; a page that refreshes would soon list nothing but itself. */
const LOOKING = Object.values(monitoring.routes).filter((route) => 'public' in route).map(({ method, path }) => `${method.toUpperCase()} ${path}`);

export function journeys(store: Store) {
  return async (): Promise<Answer> => ({ status: 200, body: { journeys: await store.newest(DOOR, LOOKING) } });
}
