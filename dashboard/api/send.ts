import { unreachable } from '../ui/texts/answers.ts';
import { problemFrom, ProblemError } from './problem.ts';

/** A request as a person put it together. */
export interface Wanted {
  readonly method: string;
  /** With its parameters in their places: `/v1/settings/local/deployment-freeze`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** JSON, as text. */
  readonly body: string | undefined;
  readonly idempotencyKey?: string;
}

/** What came back, bounded: it is shown as text. */
export interface Got {
  readonly status: number;
  readonly text: string;
  /** How many characters were left out. */
  readonly cut: number;
  readonly traceId: string | undefined;
}
/** Enough to read; a larger answer is for a program. */
export const mostShown = 20_000;

/** Sends any public route, and takes whatever is answered. @throws ProblemError when nothing answers */
export async function sendWanted(wanted: Wanted, ticket: string | undefined): Promise<Got> {
  const answer = await fetch(`/api${addressOf(wanted)}`, {
    method: wanted.method,
    headers: {
      accept: 'application/json, application/problem+json',
      ...headersOf(wanted),
      ...(ticket !== undefined && { 'journey-ticket': ticket }),
    },
    body: wanted.body ?? null,
    credentials: 'same-origin', cache: 'no-store', redirect: 'manual',
  }).catch(() => { throw new ProblemError(problemFrom(0, unreachable)); });
  const text = pretty(await answer.text());
  return { status: answer.status, text: text.slice(0, mostShown), cut: Math.max(0, text.length - mostShown), traceId: answer.headers.get('trace-id') ?? undefined };
}

/** `/v1/history?environment=local` */
export function addressOf({ path, query }: Pick<Wanted, 'path' | 'query'>): string {
  const asked = new URLSearchParams(query);
  return asked.size === 0 ? path : `${path}?${asked}`;
}

/** What the gateway wants of a sender that has a cookie, besides the cookie. */
export function headersOf({ body, idempotencyKey }: Pick<Wanted, 'body' | 'idempotencyKey'>): Readonly<Record<string, string>> {
  return {
    'x-requested-with': 'journey',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
