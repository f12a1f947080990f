import { randomUUID } from 'node:crypto';
import { gateway } from '../../../services/gateway/contract.ts';
import { CliError, exit, type ExitCode, type Io } from '../command.ts';
import type { Journey } from './answer.ts';
import { call } from './call.ts';
import { declarationsIn } from './declared.ts';
import { follow } from './follow.ts';
import { ask, refused, type Caller } from './gateway.ts';
import { printJourney } from './print.ts';

export interface Request { readonly method: string; readonly path: string; readonly body: unknown; readonly environment: string }

/** Spans come at least once a second: as long without news, and the last one is there. */
const QUIET_MS = 1500;
const PATIENCE_MS = 20_000;
const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];

/** What was typed as a request. @throws {CliError} exit 2 */
export function requestOf(method: string, path: string, body: string | undefined, environment: string): Request {
  const known = METHODS.find((each) => each === method.toUpperCase());
  if (known === undefined) throw usage(`"${method}" is no method.`, `A route takes ${METHODS.join(', ')}.`);
  // The path may not lead to another host, and nothing of it is read twice.
  if (!/^\/v1\/[^\s\\#]{1,2000}$/.test(path)) throw usage(`"${path}" is no path of the API.`, 'It begins with /v1/ and has no spaces.');
  if (/^\/v1\/(tokens|sessions)(\/|\?|$)/.test(path)) throw usage(`${path} is about signing in.`, 'Its answer would show a token or a session; the command signs in by itself.');
  if (/\/events(\?|$)/.test(path)) throw usage(`${path} is a stream.`, 'It has no end.');
  return { method: known, path, environment, body: body === undefined ? undefined : jsonOf(body) };
}

/** Sends any public route with a ticket, prints the answer, then every hop of the request. */
export async function sendRequest(io: Io, caller: Caller, { method, path, body, environment }: Request): Promise<ExitCode> {
  const declared = await declarationsIn(io.root, environment);
  const { body: { ticket, traceId } } = await call(caller, gateway.routes.ticket, 'There is no ticket for this request.');
  io.tell(`${method} ${path}: watched as ${traceId}`);
  const answer = await ask(caller, method, path, body, { 'journey-ticket': ticket, ...(method === 'POST' && { 'idempotency-key': randomUUID() }) });
  if (io.json) io.emit({ status: answer.status, traceId, body: answer.body });
  else io.print(`${answer.status}\n${JSON.stringify(answer.body, null, 2)}`);
  const progress = io.progress('following its hops');
  const journey = await follow(caller, traceId, quiet(), PATIENCE_MS);
  progress.done();
  if (journey) printJourney(io, journey, declared);
  if (answer.status >= 400) throw refused(answer, `${method} ${path} was refused.`);
  if (journey) return exit.ok;
  throw new CliError(exit.unhealthy, { what: `It was answered with ${answer.status}, but no hop of it has been seen.`, why: `Monitoring knows nothing of ${traceId}.`, fix: 'Run `./journey status` and `./journey logs monitoring`.' });
}

/** True once no new hop has come for a while. */
function quiet(): (journey: Journey) => boolean {
  let [hops, since] = [0, performance.now()];
  return (journey) => {
    if (journey.hops.length !== hops) [hops, since] = [journey.hops.length, performance.now()];
    return performance.now() - since >= QUIET_MS;
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw usage('The body is no JSON.', 'Every route of the API takes JSON.');
  }
}

function usage(what: string, why: string): CliError {
  return new CliError(exit.usage, { what, why, fix: 'Write it like this: `./journey send GET /v1/settings/local/deployment-freeze`.' });
}
