/**
 * Every error that leaves a service: RFC 9457 problem+json with a code of this table, the trace it belongs to and a fix.
 * `problems.md` explains each to people; a test binds the two.
 */
export const problems = {
  invalid_body: { status: 400, title: 'The body does not fit its schema', fix: 'Correct the fields that `errors` names; GET /openapi.json shows the schema.' },
  invalid_params: { status: 400, title: 'The path or query does not fit its schema', fix: 'Correct the parameters that `errors` names; GET /openapi.json shows the schema.' },
  not_json: { status: 400, title: 'The body is not JSON', fix: 'Send one UTF-8 JSON value with Content-Type: application/json.' },
  too_deep: { status: 400, title: 'The body is nested too deeply', fix: 'Send JSON of at most 32 levels.' },
  bad_request: { status: 400, title: 'The request is not HTTP that this server accepts', fix: 'Send well-formed HTTP/1.1.' },
  unauthenticated: { status: 401, title: 'Nobody vouches for this request', fix: 'Sign in again and send the token as Authorization: Bearer.' },
  forbidden: { status: 403, title: 'This person may not do that', fix: 'Ask an admin for the role that the detail names.' },
  not_found: { status: 404, title: 'There is nothing here', fix: 'Check the path and the id; GET /openapi.json lists the routes.' },
  method_not_allowed: { status: 405, title: 'This path does not take that method', fix: 'Use a method that the Allow header names.' },
  request_timeout: { status: 408, title: 'The request did not arrive in time', fix: 'Send the whole request within 15 seconds.' },
  conflict: { status: 409, title: 'The state does not allow this now', fix: 'Read the current state, then try again.' },
  frozen: { status: 409, title: 'The environment is frozen', fix: 'Wait until the freeze is lifted, or ask an operator to lift it.' },
  too_large: { status: 413, title: 'The body is too large', fix: 'Send fewer bytes; the detail names the limit.' },
  unsupported_media: { status: 415, title: 'This content type or encoding is not understood', fix: 'Send Content-Type: application/json, plain or gzip.' },
  rate_limited: { status: 429, title: 'Too many requests', fix: 'Wait as long as Retry-After says.' },
  headers_too_large: { status: 431, title: 'The headers are too large', fix: 'Send at most 16 KiB of headers.' },
  internal: { status: 500, title: 'The service failed', fix: 'Look up the traceId in the logs; trying again may help.' },
  fault_injected: { status: 500, title: 'Somebody made it fail, on purpose', fix: 'Look at ./journey fault: it ends by itself, and can be ended there.' },
  audit_failed: { status: 500, title: 'The audit record could not be written, so nothing was done', fix: 'Try again; if it stays, look at the database of the service.' },
  upstream_unavailable: { status: 502, title: 'A service behind this one cannot be reached', fix: 'Start the service that `at` names, or wait until it is ready.' },
  unavailable: { status: 503, title: 'Something this service needs is away', fix: 'Wait as long as Retry-After says; ./journey status shows what is down.' },
  upstream_timeout: { status: 504, title: 'A service behind this one did not answer in time', fix: 'Look at the service that `at` names; ./journey status shows its health.' },
} as const;
export type ProblemCode = keyof typeof problems;

/** One wrong place in a request: a JSON pointer into body, params or query. */
export interface Invalid {
  readonly path: string;
  readonly message: string;
}
export interface ProblemExtra {
  /** Replaces the fix of the table. */
  readonly fix?: string;
  readonly cause?: unknown;
  /** The service whose hop ended. */
  readonly at?: string;
  readonly errors?: readonly Invalid[];
  /** For `Allow`, `Retry-After`, `WWW-Authenticate`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error that may be shown to the caller as it is. Everything else becomes `internal`, without its message. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string;
  readonly fix: string;
  readonly at: string | undefined;
  readonly errors: readonly Invalid[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, extra: ProblemExtra = {}) {
    super(detail, extra.cause === undefined ? undefined : { cause: extra.cause });
    this.code = code;
    this.status = problems[code].status;
    this.detail = detail;
    this.fix = extra.fix ?? problems[code].fix;
    this.at = extra.at;
    this.errors = extra.errors ?? [];
    this.headers = { ...standardHeaders(code), ...extra.headers };
  }
}

export function problem(code: ProblemCode, detail: string, extra?: ProblemExtra): Problem {
  return new Problem(code, detail, extra);
}

export function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(problems, code);
}

/** Whatever was thrown, as what may be told. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return problem('internal', 'The service failed in a way it did not expect.', { cause: error });
}

/** The body of the answer (RFC 9457 §3). `type` is relative: it resolves wherever the docs are served. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly fix: string;
  readonly traceId: string;
  readonly at?: string;
  readonly errors?: readonly Invalid[];
}
export function problemBody(p: Problem, traceId: string): ProblemBody {
  return {
    type: `/problems#${p.code}`, title: problems[p.code].title, status: p.status, detail: p.detail, code: p.code, fix: p.fix, traceId,
    ...(p.at === undefined ? {} : { at: p.at }),
    ...(p.errors.length === 0 ? {} : { errors: p.errors }),
  };
}

/** RFC 9110 §15.5.2 wants a challenge with 401; a number of seconds tells a client when it is worth coming back. */
function standardHeaders(code: ProblemCode): Record<string, string> {
  if (code === 'unauthenticated') return { 'www-authenticate': 'Bearer realm="request-journey"' };
  if (code === 'unavailable') return { 'retry-after': '2' };
  if (code === 'rate_limited') return { 'retry-after': '1' };
  return {};
}
