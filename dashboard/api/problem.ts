import { silent, untitled } from '../ui/texts/answers.ts';

/** An error as RFC 9457 writes it, with the extensions of services/kit/problems.md. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly fix?: string;
  readonly traceId?: string;
  /** The workload at which the journey ended. */
  readonly at?: string;
}

export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** Reads what a server sent as problem+json; what is missing is said plainly instead of guessed. */
export function problemFrom(status: number, body: unknown, traceId?: string | null): Problem {
  const said = isRecord(body) ? body : {};
  const id = textOf(said['traceId']) ?? traceId ?? undefined;
  const fix = textOf(said['fix']);
  const at = textOf(said['at']);
  return {
    title: textOf(said['title']) ?? untitled(status),
    status,
    code: textOf(said['code']) ?? 'unknown',
    detail: [textOf(said['detail']) ?? silent, ...placesOf(said['errors'])].join(' '),
    ...(fix !== undefined && { fix }),
    ...(id !== undefined && { traceId: id }),
    ...(at !== undefined && { at }),
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The wrong places that the kit names: `/reason must NOT have fewer than 1 characters.` */
function placesOf(errors: unknown): readonly string[] {
  return Array.isArray(errors)
    ? errors.slice(0, 5).flatMap((error: unknown) => (isRecord(error) ? [`${textOf(error['path']) ?? '/'} ${textOf(error['message']) ?? ''}.`] : []))
    : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 2000) : undefined;
}
