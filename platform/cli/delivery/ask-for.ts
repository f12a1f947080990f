import { randomUUID } from 'node:crypto';
import type { ExitCode, Io } from '../command.ts';
import { exit } from '../command.ts';
import { call } from '../journey/call.ts';
import type { Caller } from '../journey/gateway.ts';
import { conclude, printChange } from './conclusion.ts';
import { followChange } from './follow-change.ts';
import { patienceOf, type Options } from './options.ts';
import { routes, type Change } from './routes.ts';

const asking = { deploy: routes.create, change: routes.change, promote: routes.promote, rollback: routes.rollback } as const;

/** Asks for a change, and follows it as far as the options want. */
export async function askFor(io: Io, caller: Caller, how: keyof typeof asking, body: object, options: Options): Promise<ExitCode> {
  const patienceMs = patienceOf(options);
  const { body: change } = await call(caller, asking[how], 'The change was not taken.', { body, idempotencyKey: randomUUID() });
  return go(io, caller, change, patienceMs);
}

/** @param patienceMs undefined: it is not followed */
export async function go(io: Io, caller: Caller, change: Change, patienceMs: number | undefined): Promise<ExitCode> {
  if (patienceMs === undefined) {
    printChange(io, change);
    io.tell(`Request ${change.id} was taken, and goes on by itself. How it is: \`./journey send GET /v1/deployments/${change.id}\`.`);
    return exit.ok;
  }
  const followed = await followChange(io, caller, change, patienceMs);
  printChange(io, followed.change);
  return conclude(io, followed);
}
