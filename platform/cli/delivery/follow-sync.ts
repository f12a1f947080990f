import { setTimeout as pause } from 'node:timers/promises';
import { CliError, exit } from '../command.ts';
import { call } from '../journey/call.ts';
import type { Caller } from '../journey/gateway.ts';
import { routes, type Environment } from './routes.ts';

const EVERY_MS = 500;
/** What stays unwell for so long, while nothing goes on, is not about to become better. */
const UNWELL_MS = 5000;

/** Looks at an environment until it is what main says, or does not become so. @returns it as it was seen last. @throws {CliError} exit 4 when it cannot be read */
export async function followSync(caller: Caller, name: string, patienceMs: number): Promise<Environment> {
  const until = performance.now() + patienceMs;
  let known: Environment | undefined;
  let moved = performance.now();
  for (;;) {
    // The engine may be restarting the very services that answer here.
    const next = await read(caller, name).catch((error: unknown) => {
      if (error instanceof CliError && error.code === exit.unhealthy && performance.now() < until) return undefined;
      throw error;
    });
    if (next !== undefined) {
      known = next;
      if (known.workloads.every(({ sync, health }) => sync === 'Synced' && health === 'Healthy')) return known;
      if (known.workloads.some(({ sync, health }) => sync === 'OutOfSync' || health === 'Progressing')) moved = performance.now();
    }
    if (known !== undefined && (performance.now() > until || performance.now() - moved > UNWELL_MS)) return known;
    await pause(EVERY_MS, undefined, { signal: caller.signal }).catch(() => caller.signal.throwIfAborted());
  }
}

async function read(caller: Caller, name: string): Promise<Environment> {
  const { environments } = (await call(caller, routes.listEnvironments, 'The environments cannot be read.')).body;
  const found = environments.find((one) => one.name === name);
  if (found !== undefined) return found;
  throw new CliError(exit.failure, { what: `${name} is not on main any more.`, why: `There is ${environments.map((one) => one.name).join(', ')}.`, fix: 'Look with `./journey envs`.' });
}
