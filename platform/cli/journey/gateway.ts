import { CliError, exit } from '../command.ts';
import { inCommands } from './twins.ts';

/** Where the gateway listens and who speaks to it. */
export interface Caller { readonly gateway: URL; readonly token: string | null; readonly signal: AbortSignal }
export interface Answered { readonly status: number; readonly body: unknown; readonly traceId: string | null }

/** Longer than the gateway waits for a service, so that the gateway gets to say which one it was. */
const PATIENCE_MS = 15_000;
const LARGEST = 16 * 1024 * 1024;

/**
 * One call to the gateway's public API.
 * @throws {CliError} exit 4 when the gateway does not answer within 15 s.
 */
export async function ask(caller: Caller, method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
  const response = await fetch(new URL(path, caller.gateway), {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(caller.token === null ? {} : { authorization: `Bearer ${caller.token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'error',
    signal: AbortSignal.any([caller.signal, AbortSignal.timeout(PATIENCE_MS)]),
  }).catch((cause: unknown) => {
    caller.signal.throwIfAborted();
    throw new CliError(exit.unhealthy, {
      what: `The gateway does not answer at ${caller.gateway.origin}.`,
      why: reasonOf(cause),
      fix: 'Run `./journey status` to see what is wrong, or `./journey up` to start it.',
    }, cause);
  });
  const text = await response.text();
  if (text.length > LARGEST) throw new CliError(exit.failure, { what: 'The answer is too large.', why: `${text.length} characters`, fix: 'Ask for less.' });
  return { status: response.status, body: parsed(text), traceId: response.headers.get('trace-id') };
}

/** Signs in by name and password. @throws {CliError} exit 1 with the reason that the auth service gave. */
export async function signIn(caller: Caller, name: string, password: string): Promise<Caller> {
  const answer = await ask(caller, 'POST', '/v1/tokens', { name, password });
  const token = fieldOf(answer.body, 'token');
  if (answer.status !== 201 || token === undefined) throw refused(answer, `${name} could not sign in.`);
  return { ...caller, token };
}

/** Turns problem+json into what a person is told: what was asked, why it ended, at which hop, and the fix. */
export function refused(answer: Answered, what: string): CliError {
  const at = fieldOf(answer.body, 'at');
  const code = fieldOf(answer.body, 'code');
  const detail = fieldOf(answer.body, 'detail') ?? fieldOf(answer.body, 'title') ?? `HTTP ${answer.status}`;
  const trace = fieldOf(answer.body, 'traceId') ?? answer.traceId;
  const fix = fieldOf(answer.body, 'fix');
  return new CliError(answer.status >= 500 ? exit.unhealthy : exit.failure, {
    what: at === undefined ? what : `${what} It ended at ${at}.`,
    why: [`${detail}${code === undefined ? '' : ` (${code})`}`, ...invalidIn(answer.body)].join('; '),
    fix: [fix === undefined ? undefined : inCommands(fix), trace ? `See \`./journey trace ${trace}\`.` : undefined].filter((s) => s !== undefined).join(' ') || 'Run `./journey status`.',
  });
}

/** The fields that do not fit: `/body/replicas must be >= 1`. */
function invalidIn(body: unknown): string[] {
  const errors: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'errors') : undefined;
  return Array.isArray(errors) ? errors.slice(0, 5).map((one: unknown) => `${fieldOf(one, 'path') ?? ''} ${fieldOf(one, 'message') ?? ''}`.trim()) : [];
}

/** A text field of an answer's body, when it is one. */
export function fieldOf(body: unknown, key: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value: unknown = Reflect.get(body, key);
  return typeof value === 'string' ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Error && cause.name === 'TimeoutError') return `No answer within ${PATIENCE_MS / 1000} s.`;
  if (cause instanceof Error && cause.cause instanceof Error) return cause.cause.message || cause.message;
  return cause instanceof Error ? cause.message : String(cause);
}
