import { setTimeout as wait } from 'node:timers/promises';
import { openClient } from './client.ts';
import { healthPaths } from './standard.ts';
import { fieldOf } from './thrown.ts';

/** What is asked. Ports are the Service's. */
export interface Asked {
  /** Also the name of its Service. */
  readonly workload: string;
  /** What its routes' document must say it is: the release that was synced. */
  readonly revision: string;
  /** The port that answers `/readyz`. */
  readonly health: number;
  /** The port that answers `/openapi.json`; absent for what has no routes. */
  readonly routes?: number;
}
export interface How {
  /** @default the workload's name */
  readonly host?: string;
  /** Rounds in a row that must be good. @default 5 */
  readonly rounds?: number;
  /** Milliseconds from one round to the next. @default 1000 */
  readonly everyMs?: number;
  /** @default 60000 */
  readonly withinMs?: number;
}

/**
 * Asks until enough rounds in a row were good: addresses of a Service follow its pods with a delay. Each round opens connections of its
 * own, so that more than one replica is asked.
 * @throws {Error} with the last thing that was wrong, when time is up
 */
export async function smoke(asked: Asked, { rounds = 5, everyMs = 1000, withinMs = 60_000, ...how }: How = {}): Promise<void> {
  const end = performance.now() + withinMs;
  for (let good = 0; good < rounds;) {
    const wrong = await round(asked, how.host ?? asked.workload);
    good = wrong === undefined ? good + 1 : 0;
    if (good === rounds) return;
    if (performance.now() + everyMs > end) throw new Error(wrong ?? `${asked.workload} was well ${good} of ${rounds} times in a row.`);
    await wait(everyMs);
  }
}

/** What is wrong, or undefined. */
async function round({ workload, revision, health, routes }: Asked, host: string): Promise<string | undefined> {
  const client = openClient();
  const get = async (port: number, path: string) =>
    (await client.call({ service: workload, url: new URL(`http://${host}:${port}`), reference: 'smoke' }, { method: 'GET', path })).body;
  try {
    await get(health, healthPaths.ready);
    if (routes === undefined) return undefined;
    const info = fieldsOf(fieldsOf(await get(routes, '/openapi.json'))['info']);
    if (info['title'] !== workload) return `${workload} answers as ${JSON.stringify(info['title'])}.`;
    return info['version'] === revision ? undefined : `${workload} answers as the release ${JSON.stringify(info['version'])}, and ${revision} was synced.`;
  } catch (error) {
    return fieldOf(error, 'message') ?? String(error);
  } finally {
    await client.close();
  }
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? value as Readonly<Record<string, unknown>> : {});
