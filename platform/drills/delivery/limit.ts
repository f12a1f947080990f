import type { Person } from '../person.ts';

/** What is asked again and again: through the gateway, of a service that the knob is not about. */
export const LOOK = '/v1/settings/local/deployment-freeze';

/** Above what the load and this drill's own looks need together, and never what main says at first (200). */
export const OPEN_LIMITS: readonly number[] = Array.from({ length: 150 }, (_, i) => 250 + i);

/** The limit that a gateway itself holds to, as each answer of it says: `ratelimit-policy: "person";q=200;w=1` (draft-ietf-httpapi-ratelimit-headers). */
export function limitIn(headers: Headers): number | undefined {
  const found = /;q=(\d+);/.exec(headers.get('ratelimit-policy') ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Whether the next so many answers, one after another, hold to that limit. */
export async function answersWithLimit(person: Person, value: number, times: number): Promise<true | undefined> {
  for (let i = 0; i < times; i += 1) if (limitIn((await person.ask('GET', LOOK)).headers) !== value) return undefined;
  return true;
}
