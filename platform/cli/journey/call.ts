import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { AnswerOf, Route } from '../../../services/kit/contract.ts';
import { CliError, exit } from '../command.ts';
import { ask, refused, type Caller } from './gateway.ts';

export interface Call {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
  /** The same key twice is one request. */
  readonly idempotencyKey?: string;
}
export interface Called<R extends Route> {
  readonly body: AnswerOf<R>;
  readonly traceId: string | null;
}

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

/**
 * One route of a contract, asked for at the gateway.
 * @param what what did not come about, should it be refused: `The change was not taken.`
 * @throws {CliError} with the reason and the fix of the answer; exit 4 while something is away
 */
export async function call<const R extends Route>(caller: Caller, route: R, what: string, { params = {}, query = {}, body, idempotencyKey }: Call = {}): Promise<Called<R>> {
  const answer = await ask(caller, route.method.toUpperCase(), pathOf(route, params, query), body, idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey });
  if (!Object.hasOwn(route.answers, answer.status)) throw refused(answer, what);
  if (isAnswer(route, answer.status, answer.body)) return { body: answer.body, traceId: answer.traceId };
  throw new CliError(exit.failure, {
    what: `The answer to ${route.method.toUpperCase()} ${route.path} is not what its contract says.`, why: ajv.errorsText(),
    fix: 'Run `./journey status`: do all workloads run the same release?',
  });
}

/** `/v1/pulls/:number` with its values in their places. */
function pathOf({ path }: Route, params: Readonly<Record<string, string>>, query: Readonly<Record<string, string | undefined>>): string {
  const place = path.replaceAll(/:([a-z]+)/gi, (_, name: string) => segmentOf(params[name] ?? ''));
  const asked = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
  return asked.size === 0 ? place : `${place}?${asked.toString()}`;
}

/** Dots alone would be another path, in whatever way they are written (URL Standard, 4.1: double-dot segment). */
function segmentOf(value: string): string {
  if (!/^\.{0,2}$/.test(value)) return encodeURIComponent(value);
  throw new CliError(exit.usage, { what: `"${value}" is no name.`, why: 'It would be another path of the API.', fix: 'Write a name, such as `local`.' });
}

function isAnswer<R extends Route>(route: R, status: number, body: unknown): body is AnswerOf<R> {
  const schema = route.answers[status] ?? null;
  return schema === null ? body === null : ajv.validate(schema, body);
}
