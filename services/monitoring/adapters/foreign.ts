import { credentialsOf } from '../../kit/adapters/credentials.ts';
import type { CallAnswer } from '../../kit/client.ts';
import type { Connection, Endpoint, Telemetry } from '../../kit/contract.ts';
import type { Kit } from '../../kit/kit.ts';
import { problem, Problem } from '../../kit/problem.ts';

/** A server that somebody else runs and that holds telemetry. */
export interface Foreign {
  /** What its URL says behind the `?`. */
  readonly search: URLSearchParams;
  /** The last part of its path, which is not asked as a path: an index. */
  readonly path: string;
  /** One question. @throws Problem `unavailable` that names the server, why, and what helps */
  ask(request: Asked): Promise<unknown>;
}
export interface Asked {
  /** With its query, beginning with a slash. */
  readonly path: string;
  /** Absent: GET. */
  readonly body?: object;
  /** What an answer of this status means where it is no error: 404 is "nothing". */
  readonly nothing?: number;
}
/** What differs between servers. */
interface Told {
  /** `Prometheus`. */
  readonly name: string;
  /** The text of its own in an answer that refuses. */
  readonly reasonOf: (body: unknown) => string | undefined;
  /** The last part of the URL's path is something else than a path. @default false */
  readonly ownPath?: boolean;
}
/** An answer is read as a whole: what is larger is given up. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Less than the gateway waits for monitoring (5 s): who asked is told which server was slow. */
const PATIENCE_MS = 4000;
/** At once, and in a row behind them. Whoever asks is given up after a while and asks again; what was asked for them goes on here. */
const MOST = { open: 8, waiting: 100 } as const;

/** `https://user:password@host/base`; a password without a user is a bearer token. */
export function openForeign(kit: Pick<Kit, 'call'>, { url, reference }: Connection<Telemetry>, { name, reasonOf, ownPath = false }: Told): Foreign {
  const parsed = new URL(url.reveal());
  const headers = credentialsOf(parsed, reference);
  const { searchParams: search } = parsed;
  const [, base = '', path = ''] = ownPath ? /^(.*?)\/([^/]*)\/?$/.exec(parsed.pathname) ?? [] : ['', parsed.pathname];
  const endpoint: Endpoint = { service: name.toLowerCase(), url: new URL(base === '' ? '/' : base, parsed.origin), reference };
  const called = `The ${name} at ${reference}`;

  /** Never with the body itself: it may hold what was asked. */
  const refused = ({ status, body }: CallAnswer): Problem => {
    if (status === 401 || status === 403) {
      return problem('unavailable', `${called} does not let monitoring in (${status}).`, { at: 'monitoring', fix: `Correct the user and password, or the token, in the URL of ${reference}.` });
    }
    const reason = reasonOf(body)?.slice(0, 300);
    return problem('unavailable', `${called} does not answer this: ${reason ?? `it said ${status}`}.`, { at: 'monitoring', fix: `Narrow the time or the search; if it stays, look at the ${name} itself.` });
  };
  const turns = openTurns(() => problem('unavailable', `${called} has ${MOST.open + MOST.waiting} questions to answer already.`, { at: 'monitoring', fix: `Ask again in a moment; if it stays, look at the ${name} itself.` }));
  return {
    search, path,
    async ask({ path, body, nothing }) {
      await turns.take();
      try {
        const answer = await kit.call(endpoint, {
          method: body ? 'POST' : 'GET', path, headers, timeoutMs: PATIENCE_MS, maxBytes: MOST_BYTES, refused: (one) => (one.status === nothing ? new Nothing(one.status) : refused(one)),
          ...(body ? { body } : {}),
        });
        return answer.body;
      } catch (error) {
        if (error instanceof Nothing) return undefined;
        if (!(error instanceof Problem) || error.code === 'unavailable') throw error;
        throw problem('unavailable', `${called} does not answer: ${error.detail}`, { cause: error, at: 'monitoring', fix: `Start the ${name}, or correct the URL of ${reference}; what monitoring keeps itself goes on.` });
      } finally {
        turns.give();
      }
    },
  };
}

/** A text at a place in whatever was answered. */
export function textAt(body: unknown, ...keys: readonly string[]): string | undefined {
  let found = body;
  for (const key of keys) found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** Thrown through the client, which reads every refusal as an error. */
class Nothing extends Problem {
  constructor(status: number) {
    super('not_found', `It answered ${status}.`);
  }
}

/** One after the other, as many at once as may be. @param full what is thrown when too many wait */
function openTurns(full: () => Problem) {
  const waiting: (() => void)[] = [];
  let open = 0;
  return {
    async take(): Promise<void> {
      if (open < MOST.open) return void (open += 1);
      if (waiting.length >= MOST.waiting) throw full();
      await new Promise<void>((resolve) => { waiting.push(resolve); });
    },
    /** To the next one, who has waited longest. */
    give(): void {
      const next = waiting.shift();
      if (next) next();
      else open -= 1;
    },
  };
}
