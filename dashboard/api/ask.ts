import type { Route } from '../../services/kit/contract.ts';
import { unexpected, unreachable } from '../ui/texts/answers.ts';
import { problemFrom, ProblemError } from './problem.ts';
import { conforms, type FromSchema } from './schema.ts';

export interface Question {
  readonly params?: Readonly<Record<string, string>>;
  /** What is `undefined` is left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  /** Makes it a request that is watched while it travels (live-journey.ts). */
  readonly ticket?: string | undefined;
  readonly signal?: AbortSignal;
  /** @default the page's own */
  readonly origin?: string;
}
/** What a route answers when all is well. */
export type AnswerOf<R extends Route> = FromSchema<R['answers'][keyof R['answers']]>;

/**
 * Asks a public route through the dashboard's own origin and checks the answer by the route's contract.
 * @throws ProblemError for every answer that is not the promised one, and when nothing answers.
 */
export async function ask<const R extends Route>(route: R, { params = {}, query = {}, body, idempotencyKey, ticket, signal, origin = '' }: Question = {}): Promise<AnswerOf<R>> {
  const answer = await fetch(origin + pathOf(route.path, params) + queryOf(query), {
    method: route.method.toUpperCase(),
    headers: {
      accept: 'application/json, application/problem+json',
      'x-requested-with': 'journey',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...(ticket !== undefined && { 'journey-ticket': ticket }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    credentials: 'same-origin',
    cache: 'no-store',
    signal: signal ?? null,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ProblemError(unreachable);
  });
  const value = await jsonOf(answer);
  const promised = route.answers[answer.status];
  if (!answer.ok) throw new ProblemError(problemFrom(answer.status, value, answer.headers.get('trace-id')));
  if (isAnswer<R>(promised, value)) return value;
  throw new ProblemError(problemFrom(answer.status, unexpected(`${route.method.toUpperCase()} ${route.path}`, answer.status), answer.headers.get('trace-id')));
}

/** `/api/v1/journeys/…` from `/v1/journeys/:traceId`. */
export function pathOf(path: string, params: Readonly<Record<string, string>>): string {
  return `/api${path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))}`;
}

function queryOf(query: NonNullable<Question['query']>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}

function isAnswer<R extends Route>(schema: R['answers'][number] | undefined, value: unknown): value is AnswerOf<R> {
  return schema === null ? value === null : schema !== undefined && conforms(schema, value);
}

async function jsonOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
